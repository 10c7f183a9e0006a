package io.dartboard.pipeline.score;

import io.dartboard.events.Candidate;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Measure;
import java.util.Locale;

/**
 * What one network is worth; lower is better.
 *
 * @param measure what the value is
 * @param value an error in percent, or a perplexity
 */
public record Score(Measure measure, double value) {
    public Score {
        requireKnown(measure);
    }

    /** Of one retraining, on what judges its stage. */
    public static Score of(GenotypeRetrained retrained) {
        return of(retrained.getMeasure(), retrained.getErrorPercent(), retrained.getPerplexity());
    }

    /** Of a search's cell among those compared. */
    public static Score of(Candidate candidate) {
        return of(candidate.getMeasure(), candidate.getErrorPercent(), candidate.getPerplexity());
    }

    /** What people call it: error or perplexity. */
    public String name() {
        return name(measure);
    }

    /** Name and value in brief, as {@code error 61.3 %} or {@code perplexity 61.3}. */
    public String inOneDecimal() {
        return String.format(Locale.ROOT, "%s %.1f", name(), value) + unit(measure);
    }

    /** The value with its unit, as {@code 12.34 %} or {@code 61.20}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f", value) + unit(measure);
    }

    static String name(Measure measure) {
        return measure == Measure.PERPLEXITY ? "perplexity" : "error";
    }

    static String unit(Measure measure) {
        return measure == Measure.PERPLEXITY ? "" : " %";
    }

    static double pick(Measure measure, double error, double perplexity) {
        return measure == Measure.PERPLEXITY ? perplexity : error;
    }

    static void requireKnown(Measure measure) {
        if (measure == Measure.UNKNOWN) {
            throw new IllegalArgumentException(
                    "the measure of a score is unknown to this version; bring this service up to the version that told it");
        }
    }

    private static Score of(Measure measure, double error, double perplexity) {
        return new Score(measure, pick(measure, error, perplexity));
    }
}
