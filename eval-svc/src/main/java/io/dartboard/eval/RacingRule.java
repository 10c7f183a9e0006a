package io.dartboard.eval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What a training comes to, by how it stands after an epoch and by how earlier ones under the same settings have gone on from
 * there. Lower is better ({@link LearningCurve}).
 *
 * <p>Over the earlier curves the end is regressed on the score {@code s} after the epoch, and the end of one more lies, by Student's
 * t, within
 *
 * <pre>a + b s ± t σ √(1 + 1/n + (s - mean)² / Σ (sᵢ - mean)²)</pre>
 *
 * That one curve is left out because it was stopped does not bend the line: who is stopped follows from {@code s}, on which the
 * line is conditioned. What makes it err on the side of going on:
 *
 * <ul>
 *   <li>t has {@code n - 2} degrees of freedom, and {@value #DEGREES} at most: ends scatter about the line with heavier tails than a
 *       normal distribution has.
 *   <li>A training may gain as much as any of the earlier did from that epoch on, and as little; and as much as it has itself in its
 *       last epoch.
 *   <li>One that stands worse than any of the earlier did is of a kind that they do not show, and is not judged. One that stands
 *       better is taken for no better than the best of them, where that promises less.
 *   <li>Fewer than {@value #CURVES} curves tell nothing, nor do curves of which all ended alike or stood alike.
 * </ul>
 *
 * <p>The level is the chance that any training of a race is judged wrongly. There are as many looks as epochs but for the last, at
 * each of the cells, and two ends to an interval; each has an equal share, fixed before the first look, and by Bonferroni's
 * inequality they add up to the level however the looks depend on each other. What no curve has shown yet cannot be known: of a
 * kind of cell that goes on otherwise than all that stood like it before, the first is judged by those.
 *
 * <p>Source: the rule to stop what most likely cannot beat the best is that of Domhan, Springenberg and Hutter, Speeding up automatic
 * hyperparameter optimization of deep neural networks by extrapolation of learning curves, IJCAI 2015; to regress on earlier
 * curves, with an interval, is that of Baker, Gupta, Raskar and Naik, Accelerating neural architecture search using performance
 * prediction, arXiv 1705.10823. How often it errs on curves that are made up is measured by its simulation.
 */
final class RacingRule {
    /** The chance of any wrong stop in a race. */
    static final double LEVEL = 0.01;

    /** So many earlier curves are needed at least. */
    static final int CURVES = 10;

    /** Of freedom, at most: so much heavier than a normal distribution's are the tails that are reckoned with. */
    static final int DEGREES = 12;

    private final int cells;
    private final int epochs;
    private final double level;
    /** How many standard errors an interval reaches, by the number of curves. */
    private final Map<Integer, Double> reaches = new HashMap<>();

    /**
     * The rule of a race.
     *
     * @param cells that race
     * @param epochs that each has
     * @param level of all looks together
     */
    RacingRule(int cells, int epochs, double level) {
        if (cells < 1 || epochs < 2 || !(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "a race needs a cell, 2 epochs and a level within 0 and 1 (had %d, %d and %s)"
                            .formatted(cells, epochs, level));
        }
        this.cells = cells;
        this.epochs = epochs;
        this.level = level;
    }

    /** Epochs that a training has. */
    int epochs() {
        return epochs;
    }

    /** The chance that any training of the race is judged wrongly. */
    double level() {
        return level;
    }

    /**
     * Within what a training comes to its end.
     *
     * @param best at best
     * @param worst at worst
     * @param curves by how many this was judged
     */
    record Outlook(double best, double worst, int curves) {}

    /**
     * What is to be expected.
     *
     * @param earlier curves under the same settings
     * @return empty where these do not tell
     */
    Optional<Outlook> outlook(Standing standing, List<LearningCurve> earlier) {
        var epoch = standing.epoch();
        var known = earlier.stream().filter(curve -> curve.reaches(epoch)).toList();
        if (known.size() < CURVES || epoch >= epochs) {
            return Optional.empty();
        }
        var line = Line.through(known, epoch);
        var scores = known.stream().mapToDouble(curve -> curve.at(epoch)).summaryStatistics();
        if (!(line.deviation() > 0) || standing.better() > scores.getMax()) {
            return Optional.empty();
        }
        var t = reaches.computeIfAbsent(known.size(), this::reach);
        var gains = known.stream().mapToDouble(curve -> curve.gainSince(epoch)).summaryStatistics();
        var best = DoubleStream.of(
                line.at(standing.better()) - t * line.errorAt(standing.better()),
                standing.better() - Math.max(standing.gained(), gains.getMax()));
        var asKnown = Math.max(standing.score(), scores.getMin());
        var worst = DoubleStream.of(
                line.at(standing.score()) + t * line.errorAt(standing.score()),
                line.at(asKnown) + t * line.errorAt(asKnown),
                standing.score() - gains.getMin());
        return Optional.of(new Outlook(best.min().orElseThrow(), worst.max().orElseThrow(), known.size()));
    }

    /** One end of one interval has an equal share of the level. */
    private double reach(int curves) {
        return TDistribution.of(Math.min(DEGREES, curves - 2))
                .inverseSurvivalProbability(level / (2.0 * cells * (epochs - 1)));
    }

    /**
     * The line of least squares.
     *
     * @param curves that it leads through
     * @param mean of their scores
     * @param end the mean of what they came to
     * @param slope b
     * @param squares sum of the squares of the scores' distances from their mean
     * @param deviation σ of the ends from the line; 0 where they all lie on it, or where all scores are the same
     */
    private record Line(int curves, double mean, double end, double slope, double squares, double deviation) {
        /** What is nearer than that is the same but for its arithmetic. */
        private static final double ROUNDING = 1e-9;

        static Line through(List<LearningCurve> curves, int epoch) {
            var mean = curves.stream()
                    .mapToDouble(curve -> curve.at(epoch))
                    .average()
                    .orElseThrow();
            var end = curves.stream().mapToDouble(LearningCurve::end).average().orElseThrow();
            var squares = 0.0;
            var products = 0.0;
            for (var curve : curves) {
                var distance = curve.at(epoch) - mean;
                squares += distance * distance;
                products += distance * (curve.end() - end);
            }
            if (squares <= ROUNDING) {
                return new Line(curves.size(), mean, end, 0, 0, 0);
            }
            var slope = products / squares;
            var residuals = 0.0;
            for (var curve : curves) {
                var residual = curve.end() - end - slope * (curve.at(epoch) - mean);
                residuals += residual * residual;
            }
            var deviation = Math.sqrt(residuals / (curves.size() - 2));
            return new Line(curves.size(), mean, end, slope, squares, deviation > ROUNDING ? deviation : 0);
        }

        double at(double score) {
            return end + slope * (score - mean);
        }

        /** The standard error of a prediction. */
        double errorAt(double score) {
            var distance = score - mean;
            return deviation * Math.sqrt(1 + 1.0 / curves + distance * distance / squares);
        }
    }
}
