package io.dartboard.bench.methods;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.TTest;

/** What several cells come to, in percent; higher is better. Immutable. */
final class Scores {
    private final double[] percent;

    private Scores(double[] percent) {
        this.percent = percent;
    }

    static Scores of(DoubleStream percent) {
        return new Scores(percent.toArray());
    }

    int count() {
        return percent.length;
    }

    DoubleStream each() {
        return Arrays.stream(percent);
    }

    /** Empty if there is none. */
    OptionalDouble mean() {
        return each().average();
    }

    /** Empty if there is none. */
    OptionalDouble best() {
        return each().max();
    }

    /** Standard deviation, by one less than their number; empty of less than two. */
    OptionalDouble deviation() {
        if (count() < 2) {
            return OptionalDouble.empty();
        }
        double mean = mean().orElseThrow();
        return OptionalDouble.of(
                Math.sqrt(each().map(one -> (one - mean) * (one - mean)).sum() / (count() - 1)));
    }

    private boolean vary() {
        return each().distinct().count() > 1;
    }

    /**
     * Chance of a mean this much above that of others, or more, if both were draws of one mean: Welch's test, one-sided. Empty
     * where it says nothing: of less than two scores on a side, or if none vary.
     */
    OptionalDouble chanceAbove(Scores others) {
        if (count() < 2 || others.count() < 2 || !vary() && !others.vary()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(TTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN)
                .test(percent, others.percent)
                .getPValue());
    }

    /**
     * Chance of a mean this much above a known one, or more, if they were draws of it: Student's test, one-sided. Empty of less
     * than two. Scores that do not vary leave nothing to chance: 0 above, else 1.
     */
    OptionalDouble chanceAbove(double known) {
        if (count() < 2) {
            return OptionalDouble.empty();
        }
        if (!vary()) {
            return OptionalDouble.of(percent[0] > known ? 0 : 1);
        }
        return OptionalDouble.of(TTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN)
                .withMu(known)
                .test(percent)
                .getPValue());
    }
}
