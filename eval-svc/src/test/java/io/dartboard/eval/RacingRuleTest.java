package io.dartboard.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RacingRuleTest {
    /** Of R's data set cars: mph, and feet to come to a halt (Ezekiel, Methods of Correlation Analysis, 1930). */
    private static final int[] SPEED = {
        4, 4, 7, 7, 8, 9, 10, 10, 10, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 14, 15, 15, 15, 16, 16, 17,
        17, 17, 18, 18, 18, 18, 19, 19, 19, 20, 20, 20, 20, 20, 22, 23, 24, 24, 24, 24, 25
    };

    private static final int[] DISTANCE = {
        2, 10, 4, 22, 16, 10, 18, 26, 34, 17, 28, 14, 20, 24, 28, 26, 34, 34, 46, 26, 36, 60, 80, 20, 26, 54, 32, 40,
        32, 40, 50, 42, 56, 76, 84, 36, 46, 68, 32, 48, 52, 56, 64, 66, 54, 70, 92, 93, 120, 85
    };

    /** One cell and two epochs: the intervals are those of 95 %. */
    private final RacingRule rule = new RacingRule(1, 2, 0.05);

    @Test
    void shouldPredictByTheIntervalOfALineOfLeastSquares() {
        // In R, predict(lm(dist ~ speed, cars), data.frame(speed = 10), interval = "prediction") is 21.74499,
        // -9.809601, 53.29959,
        // by qt(0.975, 48) = 2.010635; with 12 degrees of freedom, qt(0.975, 12) = 2.178813, its lower end is this one.
        var best = rule.outlook(at(1, 10), cars(1)).orElseThrow().best();
        var worst = rule.outlook(at(1, -10), cars(-1)).orElseThrow().worst();

        assertThat(best).isCloseTo(-12.44898, within(1e-4));
        assertThat(worst).isCloseTo(12.44898, within(1e-4));
    }

    @Test
    void shouldLetItGainAsMuchAndAsLittleAsAnyBefore() {
        var outlook = rule.outlook(at(1, 10), cars(1)).orElseThrow();
        assertThat(outlook.worst()).as("24 mph, 120 feet").isEqualTo(10 + 96.0);
        assertThat(outlook.curves()).isEqualTo(50);

        var other = rule.outlook(at(1, -10), cars(-1)).orElseThrow();
        assertThat(other.best()).isEqualTo(-10 - 96.0);
    }

    @Test
    void shouldJudgeNoneThatStandsWorseThanAnyBeforeAndTakeOneThatStandsBetterForTheBestOfThem() {
        var curves = curves(20, i -> 50 + i, i -> 40 + i + 0.1 * (i % 3));

        assertThat(rule.outlook(at(1, 69), curves)).isPresent();
        assertThat(rule.outlook(at(1, 69.1), curves)).isEmpty();
        assertThat(rule.outlook(at(1, 10), curves).orElseThrow().worst())
                .isCloseTo(rule.outlook(at(1, 50), curves).orElseThrow().worst(), within(0.5));
    }

    @Test
    void shouldLetItGainAsMuchAsInItsLastEpochAndTakeItByTheBetterOfTwo() {
        var curves = curves(20, i -> 50 + i, i -> 40 + i + 0.1 * (i % 3));
        var falling = Standing.of("e1", 1, 100, 1 + 1, 60, true);
        assertThat(falling.gained()).isEqualTo(40);
        assertThat(new Standing("e1", 1, 60, 60, 40, true)).satisfies(standing -> assertThat(
                        rule.outlook(standing, curves).orElseThrow().best())
                .isEqualTo(20));

        var spiked = Standing.of("e1", 1, 50, 2, 60, true);
        assertThat(spiked).isEqualTo(new Standing("e1", 2, 60, 50, 0, true));
        assertThat(Standing.of("e1", 1, 60, 3, 50, true).gained())
                .as("in an epoch")
                .isEqualTo(5);
    }

    @Test
    void shouldReachFartherTheMoreLooksThereAre() {
        var curves = curves(20, i -> 50 + i, i -> 40 + i + 0.1 * (i % 3));
        var alone = new RacingRule(1, 2, 0.01).outlook(at(1, 60), curves).orElseThrow();
        var among = new RacingRule(24, 10, 0.01).outlook(at(1, 60), curves).orElseThrow();

        assertThat(among.best()).isLessThan(alone.best());
        assertThat(among.worst()).isGreaterThan(alone.worst());
    }

    @Test
    void shouldSayNothingByFewCurvesNorByThoseThatTellNothing() {
        assertThat(rule.outlook(at(1, 55), curves(9, i -> 50 + i, i -> 40 + i * i)))
                .isEmpty();
        assertThat(rule.outlook(at(1, 55), curves(10, i -> 50 + i, i -> 40 + i * i)))
                .isPresent();
        assertThat(rule.outlook(at(1, 55), curves(20, i -> 50, i -> 40 + i)))
                .as("all stood alike")
                .isEmpty();
        assertThat(rule.outlook(at(1, 55), curves(20, i -> 50 + i, i -> 40)))
                .as("all came to the same")
                .isEmpty();
        assertThat(rule.outlook(at(2, 60), curves(20, i -> 50 + i, i -> 40 + i * i)))
                .as("after the last epoch there is nothing to be expected")
                .isEmpty();
    }

    @Test
    void shouldRefuseARaceThatIsNone() {
        assertThatThrownBy(() -> new RacingRule(2, 1, 0.01))
                .hasMessage("a race needs a cell, 2 epochs and a level within 0 and 1 (had 2, 1 and 0.01)");
    }

    private static Standing at(int epoch, double score) {
        return new Standing("e1", epoch, score, score, 0, true);
    }

    private static List<LearningCurve> cars(int sign) {
        return IntStream.range(0, SPEED.length)
                .mapToObj(i -> curve(sign * SPEED[i], sign * DISTANCE[i]))
                .toList();
    }

    private static List<LearningCurve> curves(int count, IntToDoubleFunction first, IntToDoubleFunction end) {
        return IntStream.range(0, count)
                .mapToObj(i -> curve(first.applyAsDouble(i), end.applyAsDouble(i)))
                .toList();
    }

    private static LearningCurve curve(double first, double end) {
        return new LearningCurve(DoubleStream.of(first, end).boxed().toList(), end);
    }
}
