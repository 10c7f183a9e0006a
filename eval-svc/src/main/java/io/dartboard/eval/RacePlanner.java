package io.dartboard.eval;

import io.dartboard.eval.Race.Outpaced;
import io.dartboard.events.EpochJudged;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.RetrainingStopped;
import io.dartboard.events.RunRequested;
import io.dartboard.pipeline.score.Score;
import io.dartboard.training.kind.RunBaseline;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The race of a run's brief retrainings: which of them can no longer be the best and are given up. One of a cell that the run
 * compares itself with as well, as one of several random ones, is not: it has to have its score.
 */
final class RacePlanner {
    private final RunRequested request;
    private final RaceBook book;

    RacePlanner(RunRequested request, RaceBook book) {
        this.request = request;
        this.book = book;
    }

    /**
     * A cell that races.
     *
     * @param wanted its retraining as the run words it
     * @param job that stands for that
     * @param hash of the cell
     * @param result empty while it has none
     */
    record Entry(EvaluationJob wanted, String job, String hash, Optional<GenotypeRetrained> result) {}

    /** One that is under way, by its last two words. */
    private record Runner(Entry entry, JobProgressed told, EpochJudged judged, EpochJudged before) {
        static Stream<Runner> of(Entry entry, JobProgressed told, JobProgressed before) {
            return Stream.ofNullable(told.getJudged()).flatMap(judged -> Stream.ofNullable(before.getJudged())
                    .map(earlier -> new Runner(entry, told, judged, earlier)));
        }

        Standing standing(boolean isDue) {
            return Standing.of(
                    entry.job(), before.getEpoch(), height(before), judged.getEpoch(), height(judged), isDue);
        }

        private static double height(EpochJudged epoch) {
            return RaceEvents.height(new Score(epoch.getMeasure(), epoch.getScore()));
        }
    }

    /**
     * Looks at those that are under way, at each once in an epoch.
     *
     * @param entries those that have not been given up
     * @param cells how many have begun to race
     * @param earlier results under the same settings
     * @param isWanted whether another run wants a job
     * @return what is to be told of those that are given up now
     */
    List<RetrainingStopped> look(
            List<Entry> entries, int cells, List<GenotypeRetrained> earlier, Predicate<String> isWanted) {
        var rule = new RacingRule(cells, request.getSelection().getEpochs(), RacingRule.LEVEL);
        var curves = curves(earlier, rule.epochs());
        if (curves.size() < RacingRule.CURVES) {
            return List.of();
        }
        var runners = entries.stream()
                .filter(entry -> entry.result().isEmpty())
                .flatMap(entry -> book.standing(entry.job()).stream().flatMap(told -> book.before(entry.job()).stream()
                        .flatMap(before -> Runner.of(entry, told, before))))
                .collect(Collectors.toMap(runner -> runner.entry().job(), Function.identity()));
        var spared = baseline();
        var running = entries.stream()
                .flatMap(entry -> Stream.ofNullable(runners.get(entry.job())))
                .map(runner -> runner.standing(book.look(request.getRun(), runner.told())
                        && !spared.contains(runner.entry().hash())))
                .toList();
        return new Race(done(entries), running)
                .outpaced(rule, curves).stream()
                        .map(each -> stopped(runners, each, rule, isWanted))
                        .toList();
    }

    /** Those of whole retrainings. */
    private static List<LearningCurve> curves(List<GenotypeRetrained> earlier, int epochs) {
        return earlier.stream()
                .filter(retrained -> !retrained.getFinishedEarly())
                .flatMap(retrained -> RaceEvents.curve(retrained).stream())
                .filter(curve -> curve.reaches(epochs))
                .toList();
    }

    private static List<Race.Done> done(List<Entry> entries) {
        return entries.stream()
                .flatMap(entry -> entry.result().stream()
                        .map(retrained -> new Race.Done(entry.job(), RaceEvents.height(Score.of(retrained)))))
                .toList();
    }

    /** The cells that are retrained briefly to be compared with. */
    private Set<String> baseline() {
        return request.getRandomCells() == 1
                ? Set.of()
                : RunBaseline.cells(request).stream()
                        .map(drawn -> drawn.genotype().hash())
                        .collect(Collectors.toSet());
    }

    private RetrainingStopped stopped(
            Map<String, Runner> runners, Outpaced outpaced, RacingRule rule, Predicate<String> isWanted) {
        var runner = Objects.requireNonNull(runners.get(outpaced.standing().job()));
        var measure = runner.judged().getMeasure();
        var job = runner.entry().job();
        return new RetrainingStopped(
                request.getRun(),
                job,
                runner.entry().wanted().getGenotype(),
                runner.entry().hash(),
                runner.judged().getEpoch(),
                rule.epochs(),
                measure,
                runner.judged().getScore(),
                RaceEvents.score(measure, outpaced.outlook().best()),
                RaceEvents.score(measure, outpaced.toBeat()),
                outpaced.leader(),
                outpaced.leaderIsDone(),
                outpaced.outlook().curves(),
                rule.level(),
                isWanted.test(job) ? 0.0 : left(runner, rule.epochs()));
    }

    /** Seconds that it would have gone on, by its own word; where that does not say, at its rate so far. */
    private static double left(Runner runner, int epochs) {
        var eta = runner.told().getEtaSeconds();
        var epoch = runner.judged().getEpoch();
        return eta >= 0 ? eta : runner.told().getDeviceSeconds() / epoch * (epochs - epoch);
    }
}
