package io.dartboard.bench.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** The chances were found by integrating the density of Student's distribution numerically. */
class ScoresTest {
    private static final Scores HIGH = scores(93.2, 94.1, 93.8, 92.9, 93.6);
    private static final Scores LOW = scores(87.0, 91.5, 70.2, 93.0, 89.9);

    @Test
    void shouldKnowMeanAndDeviation() {
        assertThat(HIGH.mean()).hasValueCloseTo(93.52, within(1e-9));
        assertThat(HIGH.deviation()).hasValueCloseTo(0.4764451699828591, within(1e-9));
        assertThat(HIGH.best()).hasValue(94.1);
        assertThat(scores().mean()).isEmpty();
        assertThat(scores(1).deviation()).isEmpty();
    }

    @Test
    void shouldTellTheChanceOfAMeanAboveThatOfOthers() {
        assertThat(HIGH.chanceAbove(LOW)).hasValueCloseTo(0.07893927808390461, within(1e-8));
        assertThat(LOW.chanceAbove(HIGH)).hasValueCloseTo(1 - 0.07893927808390461, within(1e-8));
        assertThat(scores(54.3, 54.3, 54.3).chanceAbove(LOW).orElseThrow()).isGreaterThan(0.99);
        assertThat(scores(94.3, 94.3).chanceAbove(scores(1, 1))).as("none vary").isEmpty();
        assertThat(scores(94.3).chanceAbove(LOW)).as("one score").isEmpty();
        assertThat(HIGH.chanceAbove(scores(50))).as("one score").isEmpty();
    }

    @Test
    void shouldTellTheChanceOfAMeanAboveAKnownOne() {
        assertThat(HIGH.chanceAbove(93)).hasValueCloseTo(0.03558575250251511, within(1e-8));
        assertThat(scores(94.3, 94.3).chanceAbove(87)).hasValue(0);
        assertThat(scores(54.3, 54.3).chanceAbove(87)).hasValue(1);
        assertThat(scores(94.3).chanceAbove(87)).isEmpty();
    }

    private static Scores scores(double... percent) {
        return Scores.of(DoubleStream.of(percent));
    }
}
