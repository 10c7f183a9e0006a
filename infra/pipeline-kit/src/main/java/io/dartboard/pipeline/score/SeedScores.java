package io.dartboard.pipeline.score;

import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.Measure;
import java.util.List;

/**
 * What one cell is worth with each seed of the full stage, and over all of them as it was summed up.
 *
 * @param each in the order of the seeds
 * @param spread mean and deviation
 */
public record SeedScores(List<Score> each, Spread spread) {
    public SeedScores {
        each = List.copyOf(each);
    }

    /** Of an evaluation. */
    public static SeedScores of(GenotypeEvaluated evaluated) {
        var measure = evaluated.getMeasure();
        var values = measure == Measure.PERPLEXITY ? evaluated.getPerplexities() : evaluated.getErrorsPercent();
        return new SeedScores(
                values.stream().map(value -> new Score(measure, value)).toList(),
                new Spread(
                        measure,
                        Score.pick(measure, evaluated.getMeanErrorPercent(), evaluated.getMeanPerplexity()),
                        Score.pick(measure, evaluated.getSdErrorPercent(), evaluated.getSdPerplexity()),
                        evaluated.getSeeds().size()));
    }
}
