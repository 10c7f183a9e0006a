package io.dartboard.transfer;

import java.util.OptionalInt;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.TTest;

/**
 * Whether one cell is better than another, by what each has with several seeds: t tests, one-sided in the direction of the
 * lower mean.
 *
 * <p>With the same seed two cells see the same images in the same order, augmented alike, and so their scores may rise and
 * fall together. Where both were trained with the same seeds, and at least {@value #PAIRS} of them, the differences within
 * the pairs are tested: that holds whatever the correlation within a pair, and the deviations of either cell, are. Fewer
 * pairs leave too few degrees of freedom (with three, t must be 2.92 and not 2.13, which only pays where pairs correlate with
 * one half or more), so there, and where seeds differ, Welch's test is taken. To that, pairs which rise and fall together
 * only look more different from seed to seed than they are: it then errs on the side of finding nothing. Which of both is
 * taken depends on the seeds alone and never on the scores, so that nobody chooses the one that finds more.
 *
 * <p>One seed finds nothing, and neither do scores that do not differ from seed to seed at all: there is nothing that a
 * difference could be compared with.
 *
 * <p>Source: Welch, The generalization of Student's problem when several different population variances are involved,
 * Biometrika 34, 1947; Student, The probable error of a mean, Biometrika 6, 1908.
 *
 * @param level how often a cell that is no better may be found better
 */
record SeedTest(double level) {
    /** From so many pairs on the pairs are tested. */
    static final int PAIRS = 5;

    /** More seeds than that nobody is told to spend. */
    static final int MOST_SEEDS = 100;

    /** How often a number of seeds that is said to decide would do so. */
    static final double POWER = 0.8;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double NORMAL_POWER = NORMAL.inverseCumulativeProbability(POWER);
    private static final TTest LESS = TTest.withDefaults().with(AlternativeHypothesis.LESS_THAN);

    SeedTest {
        if (!(level > 0 && level < 0.5)) {
            throw new IllegalArgumentException(
                    "dartboard.verdict.level must lie between 0 and 0.5, as 0.05 (was %s)".formatted(level));
        }
    }

    /** What the seeds tell of the first cell. */
    enum Finding {
        BETTER,
        WORSE,
        UNTOLD
    }

    /** Which test was taken. */
    enum Kind {
        WELCH("Welch's t"),
        PAIRED("t of the pairs"),
        NONE("no test");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /**
     * How one cell stands against another.
     *
     * @param finding of the first
     * @param kind which test was taken
     * @param statistic t, negative where the first has the lower mean
     * @param degrees of freedom
     * @param pValue of the one-sided test in the direction of the lower mean
     * @param level at which p it is found
     * @param seedsToDecide with how many seeds a difference like this would be found in {@value SeedTest#POWER} of the
     *     cases; empty where it is found, or more than {@value SeedTest#MOST_SEEDS} are needed
     */
    record Result(
            Finding finding,
            Kind kind,
            double statistic,
            double degrees,
            double pValue,
            double level,
            OptionalInt seedsToDecide) {}

    /**
     * Compares.
     *
     * @throws IllegalArgumentException if either has no score
     */
    Result compare(SeedFigures cell, SeedFigures other) {
        if (cell.scores().isEmpty() || other.scores().isEmpty()) {
            throw new IllegalArgumentException("cells without a score cannot be compared");
        }
        var sample = Sample.of(cell, other);
        var fewest = Math.min(cell.scores().size(), other.scores().size());
        if (fewest == 1) {
            return nothing(seedsToDecide(1, Sample.TWO_DEVIATIONS));
        }
        var isPaired = sample.paired() && fewest >= PAIRS;
        if (isPaired ? sample.deviationOfPairs() == 0 : sample.first() == 0 && sample.second() == 0) {
            return nothing(OptionalInt.empty());
        }
        var better =
                isPaired ? LESS.pairedTest(cell.values(), other.values()) : LESS.test(cell.values(), other.values());
        var p = Math.min(better.getPValue(), 1 - better.getPValue());
        var finding = p > level ? Finding.UNTOLD : better.getStatistic() < 0 ? Finding.BETTER : Finding.WORSE;
        return new Result(
                finding,
                isPaired ? Kind.PAIRED : Kind.WELCH,
                better.getStatistic(),
                better.getDegreesOfFreedom(),
                p,
                level,
                finding == Finding.UNTOLD ? seedsToDecide(fewest, sample) : OptionalInt.empty());
    }

    private Result nothing(OptionalInt seedsToDecide) {
        return new Result(Finding.UNTOLD, Kind.NONE, 0, 0, 1, level, seedsToDecide);
    }

    /**
     * The least number of seeds for each cell with which the difference and the deviations of a sample would be found:
     *
     * <pre>n >= (t(1 - level, f) + t(power, f))² s² / d²,  f of n</pre>
     *
     * where s² is the variance of the differences within pairs, or the sum of both cells' variances.
     *
     * @param seeds that there are
     */
    private OptionalInt seedsToDecide(int seeds, Sample sample) {
        var difference = square(sample.difference());
        if (difference == 0) {
            return OptionalInt.empty(); // No number of seeds finds what is not there.
        }
        // Any t lies farther out than the normal distribution's value, so fewer seeds need not be looked at.
        var least = Math.max(
                seeds + 1,
                square(NORMAL_POWER + NORMAL.inverseSurvivalProbability(level)) * sample.leastVariance() / difference);
        for (var n = (int) Math.ceil(Math.min(least, MOST_SEEDS + 1)); n <= MOST_SEEDS; n++) {
            var isPaired = sample.paired() && n >= PAIRS;
            var t = TDistribution.of(isPaired ? n - 1 : sample.welchDegrees(n));
            var reach = t.inverseSurvivalProbability(level) + t.inverseCumulativeProbability(POWER);
            if (n * difference >= square(reach) * sample.variance(isPaired)) {
                return OptionalInt.of(n);
            }
        }
        return OptionalInt.empty();
    }

    private static double square(double x) {
        return x * x;
    }

    /**
     * What counts of two cells' scores.
     *
     * @param difference of the means
     * @param first sample standard deviation of the first cell's
     * @param second of the other's
     * @param paired true where both have the same seeds
     * @param deviationOfPairs of the differences within pairs; 0 where there are none
     */
    private record Sample(double difference, double first, double second, boolean paired, double deviationOfPairs) {
        /** Two cells that lie two deviations apart, each pair by itself. */
        private static final Sample TWO_DEVIATIONS = new Sample(2, 1, 1, true, Math.sqrt(2));

        /** Percents and perplexities that are nearer than that are the same but for their arithmetic. */
        private static final double ROUNDING = 1e-9;

        static Sample of(SeedFigures cell, SeedFigures other) {
            var mine = cell.values();
            var theirs = other.values();
            var isPaired = cell.seeds().equals(other.seeds());
            var differences = new double[isPaired ? mine.length : 0];
            for (var i = 0; i < differences.length; i++) {
                differences[i] = mine[i] - theirs[i];
            }
            return new Sample(
                    mean(mine) - mean(theirs), deviation(mine), deviation(theirs), isPaired, deviation(differences));
        }

        /** Of the difference, but for the number of seeds. */
        double variance(boolean ofPairs) {
            return ofPairs ? square(deviationOfPairs) : square(first) + square(second);
        }

        /** By whichever test some number of seeds would be tested. */
        double leastVariance() {
            return paired ? Math.min(variance(true), variance(false)) : variance(false);
        }

        /** Welch's degrees of freedom, had either cell so many seeds. */
        double welchDegrees(int n) {
            var sum = square(first) + square(second);
            return (n - 1) * square(sum) / (square(square(first)) + square(square(second)));
        }

        private static double mean(double[] values) {
            var sum = 0.0;
            for (var value : values) {
                sum += value;
            }
            return sum / values.length;
        }

        private static double deviation(double[] values) {
            if (values.length < 2) {
                return 0;
            }
            var mean = mean(values);
            var squares = 0.0;
            for (var value : values) {
                squares += square(value - mean);
            }
            var deviation = Math.sqrt(squares / (values.length - 1));
            return deviation > ROUNDING ? deviation : 0;
        }
    }
}
