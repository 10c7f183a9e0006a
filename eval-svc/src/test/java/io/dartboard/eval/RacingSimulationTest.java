package io.dartboard.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.eval.MadeCurves.Lab;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often a race stops the cell that would have been the best, and what it saves, counted over races of curves that are made
 * up. Races under the same settings follow each other, so that the later are judged by what the earlier have left.
 */
class RacingSimulationTest {
    private static final int EPOCHS = 10;
    private static final int CELLS = 24;
    private static final int LABS = 300;
    private static final int RACES = 3;

    /** In percent, of races. */
    private static final double MOST_WRONG = 1;

    private final SplittableRandom random = new SplittableRandom(1);

    @ParameterizedTest
    @CsvSource({
        "PARALLEL, 1, 24",
        "PARALLEL, 4, 21",
        "PARALLEL, 24, 1",
        "CROSSING, 1, 5",
        "CROSSING, 4, 4.5",
        "CROSSING, 24, 1",
        "NOISY_PLATEAU, 1, 0",
        "NOISY_PLATEAU, 4, 0",
        "NOISY_PLATEAU, 24, 0",
        "LATE_BLOOMERS, 1, 4",
        "LATE_BLOOMERS, 4, 4",
        "LATE_BLOOMERS, 24, 1",
        "HEAVY_TAILS, 1, 13",
        "HEAVY_TAILS, 4, 11",
        "HEAVY_TAILS, 24, 0",
        "WANDERING, 1, 7",
        "WANDERING, 4, 6",
        "WANDERING, 24, 0"
    })
    void shouldStopTheBestInFewerThanOneRaceOfAHundredAndSaveEpochs(MadeCurves family, int workers, double saved) {
        var rule = new RacingRule(CELLS, EPOCHS, RacingRule.LEVEL);
        var wrong = 0;
        var trained = 0L;
        for (var i = 0; i < LABS; i++) {
            var lab = Lab.drawn(EPOCHS, random);
            var earlier = new ArrayList<LearningCurve>();
            for (var j = 0; j < RACES; j++) {
                var cells = IntStream.range(0, CELLS)
                        .mapToObj(cell -> family.draw(lab, random))
                        .toList();
                var raced = new Raced(rule, cells, earlier, workers).run();
                wrong += raced.isWrong() ? 1 : 0;
                trained += raced.trained;
            }
        }
        var races = LABS * RACES;
        assertThat(100.0 * wrong / races).isLessThan(MOST_WRONG);
        assertThat(100 - 100.0 * trained / races / CELLS / EPOCHS).isGreaterThanOrEqualTo(saved);
    }

    /** One race, in which so many are trained at a time. */
    private static final class Raced {
        private final RacingRule rule;
        private final List<LearningCurve> cells;
        private final List<LearningCurve> earlier;
        private final int workers;
        private final List<Race.Done> done = new ArrayList<>();
        private final int[] epochs;
        private long trained;

        Raced(RacingRule rule, List<LearningCurve> cells, List<LearningCurve> earlier, int workers) {
            this.rule = rule;
            this.cells = cells;
            this.earlier = earlier;
            this.workers = workers;
            this.epochs = new int[cells.size()];
        }

        Raced run() {
            var waiting =
                    new ArrayDeque<>(IntStream.range(0, cells.size()).boxed().toList());
            var running = new ArrayList<Integer>();
            while (!waiting.isEmpty() || !running.isEmpty()) {
                while (running.size() < workers && !waiting.isEmpty()) {
                    running.add(waiting.remove());
                }
                for (var cell : running) {
                    epochs[cell]++;
                    trained++;
                }
                running.removeIf(this::isDone);
                var standings = running.stream()
                        .filter(cell -> epochs[cell] > 1)
                        .map(this::standing)
                        .toList();
                new Race(done, standings)
                        .outpaced(rule, newest())
                        .forEach(each ->
                                running.remove(Integer.valueOf(each.standing().job())));
            }
            return this;
        }

        private Standing standing(int cell) {
            var curve = cells.get(cell);
            var epoch = epochs[cell];
            return Standing.of(Integer.toString(cell), epoch - 1, curve.at(epoch - 1), epoch, curve.at(epoch), true);
        }

        private boolean isDone(int cell) {
            if (epochs[cell] < rule.epochs()) {
                return false;
            }
            done.add(new Race.Done(Integer.toString(cell), cells.get(cell).end()));
            earlier.add(cells.get(cell));
            return true;
        }

        private List<LearningCurve> newest() {
            return earlier.subList(Math.max(0, earlier.size() - RaceBook.MOST), earlier.size());
        }

        boolean isWrong() {
            var best = cells.stream().mapToDouble(LearningCurve::end).min().orElseThrow();
            return done.stream().mapToDouble(Race.Done::end).min().orElseThrow() > best;
        }
    }
}
