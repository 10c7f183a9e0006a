package io.dartboard.pipeline.score;

import io.dartboard.events.Candidate;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Measure;
import io.dartboard.events.Scores;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one network is worth; lower is better.
 *
 * @param measure what the value is
 * @param value an error in percent, or a perplexity
 */
public record Score(Measure measure, double value) {
    public Score {
        Scale.of(measure);
    }

    /** Of one retraining, on what judges its stage. */
    public static Score of(GenotypeRetrained retrained) {
        return of(
                retrained.getScores(), retrained.getMeasure(), retrained.getErrorPercent(), retrained.getPerplexity());
    }

    /** Of one full retraining, on what was held out of the training; empty where nothing was. */
    public static Optional<Score> ofValidation(GenotypeRetrained retrained) {
        var told = retrained.getValidation();
        if (told != null) {
            return Optional.of(new Score(told.getMeasure(), told.getMean()));
        }
        // Releases before told it of texts alone, and not as scores.
        return Optional.of(retrained.getValidPerplexity())
                .filter(perplexity -> perplexity > 0)
                .map(perplexity -> new Score(retrained.getMeasure(), perplexity));
    }

    /** Of a search's cell among those compared. */
    public static Score of(Candidate candidate) {
        return of(
                candidate.getScores(), candidate.getMeasure(), candidate.getErrorPercent(), candidate.getPerplexity());
    }

    private static Score of(@Nullable Scores scores, Measure measure, double error, double perplexity) {
        return scores == null
                ? new Score(measure, Scale.of(measure).pick(error, perplexity))
                : new Score(scores.getMeasure(), scores.getMean());
    }

    /** As events tell it. */
    public Scores told() {
        return new Scores(measure, List.of(value), value, 0.0);
    }

    /** What people call it: error or perplexity. */
    public String name() {
        return Scale.of(measure).title();
    }

    /** Name and value in brief, as {@code error 61.3 %} or {@code perplexity 61.3}. */
    public String inOneDecimal() {
        return String.format(Locale.ROOT, "%s %.1f", name(), value)
                + Scale.of(measure).unit();
    }

    /** The value with its unit, as {@code 12.34 %} or {@code 61.20}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f", value) + Scale.of(measure).unit();
    }
}
