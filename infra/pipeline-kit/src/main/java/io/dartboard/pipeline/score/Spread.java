package io.dartboard.pipeline.score;

import io.dartboard.events.Measure;
import io.dartboard.events.Scores;
import io.dartboard.events.Standing;
import java.util.List;
import java.util.Locale;

/**
 * What one cell is worth over several seeds; lower is better.
 *
 * @param measure what mean and deviation are of
 * @param mean in percent, or a perplexity
 * @param sd sample standard deviation, n - 1 in the denominator; 0 for one seed
 * @param seeds how many
 */
public record Spread(Measure measure, double mean, double sd, int seeds) {
    public Spread {
        Scale.of(measure);
    }

    /**
     * Sums up.
     *
     * @throws IllegalArgumentException if there is none, or they are of several measures
     */
    public static Spread of(List<Score> scores) {
        if (scores.isEmpty()) {
            throw new IllegalArgumentException("at least one seed is needed to speak of a score");
        }
        var measure = scores.get(0).measure();
        if (scores.stream().anyMatch(score -> score.measure() != measure)) {
            throw new IllegalArgumentException(
                    "the seeds of one cell were judged by different measures: %s".formatted(scores));
        }
        var mean = scores.stream().mapToDouble(Score::value).sum() / scores.size();
        var squares = scores.stream()
                .mapToDouble(score -> (score.value() - mean) * (score.value() - mean))
                .sum();
        var sd = scores.size() == 1 ? 0 : Math.sqrt(squares / (scores.size() - 1));
        return new Spread(measure, mean, sd, scores.size());
    }

    /** The numbers that a verdict rests on. */
    public static Spread of(Standing standing) {
        var scores = standing.getScores();
        if (scores != null) {
            return of(scores);
        }
        var measure = standing.getMeasure();
        var scale = Scale.of(measure);
        return new Spread(
                measure,
                scale.pick(standing.getMeanErrorPercent(), standing.getMeanPerplexity()),
                scale.pick(standing.getSdErrorPercent(), standing.getSdPerplexity()),
                standing.getSeeds());
    }

    /** As events tell it. */
    public static Spread of(Scores scores) {
        return new Spread(
                scores.getMeasure(),
                scores.getMean(),
                scores.getSd(),
                scores.getEach().size());
    }

    /**
     * One line for people: both and their difference.
     *
     * @throws IllegalArgumentException if they are of two measures
     */
    public String against(Spread other) {
        requireSame(other);
        return String.format(
                Locale.ROOT,
                "%s %s against %s, %.2f%s %s",
                name(),
                this,
                other,
                Math.abs(other.mean - mean),
                Scale.of(measure).difference(),
                other.mean < mean ? "higher" : "lower");
    }

    /** What people call it: error or perplexity. */
    public String name() {
        return Scale.of(measure).title();
    }

    /** Mean and deviation with their unit, as {@code 12.34 ± 0.56 %} or {@code 61.20 ± 0.40}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f ± %.2f", mean, sd)
                + Scale.of(measure).unit();
    }

    private void requireSame(Spread other) {
        if (other.measure != measure) {
            throw new IllegalArgumentException("%s and %s cannot be compared".formatted(name(), other.name()));
        }
    }
}
