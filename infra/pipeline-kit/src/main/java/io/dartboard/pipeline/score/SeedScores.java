package io.dartboard.pipeline.score;

import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.Measure;
import io.dartboard.events.Scores;
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

    /**
     * Sums up.
     *
     * @throws IllegalArgumentException if there is none, or they are of several measures
     */
    public static SeedScores of(List<Score> each) {
        return new SeedScores(each, Spread.of(each));
    }

    /** Of an evaluation. */
    public static SeedScores of(GenotypeEvaluated evaluated) {
        var scores = evaluated.getScores();
        if (scores != null) {
            return new SeedScores(each(scores.getMeasure(), scores.getEach()), Spread.of(scores));
        }
        var measure = evaluated.getMeasure();
        var scale = Scale.of(measure);
        return new SeedScores(
                each(measure, scale.pick(evaluated.getErrorsPercent(), evaluated.getPerplexities())),
                new Spread(
                        measure,
                        scale.pick(evaluated.getMeanErrorPercent(), evaluated.getMeanPerplexity()),
                        scale.pick(evaluated.getSdErrorPercent(), evaluated.getSdPerplexity()),
                        evaluated.getSeeds().size()));
    }

    /** As events tell them. */
    public Scores told() {
        return new Scores(spread.measure(), each.stream().map(Score::value).toList(), spread.mean(), spread.sd());
    }

    /** Tells them with an evaluation: as scores, and in the fields that readers of before 0.5.0 know. */
    public GenotypeEvaluated.Builder tell(GenotypeEvaluated.Builder evaluated) {
        var told = told();
        var scale = Scale.of(spread.measure());
        var none = new Scores(told.getMeasure(), List.of(), 0.0, 0.0);
        var errors = scale.pick(told, none);
        var perplexities = scale.pick(none, told);
        return evaluated
                .setMeasure(told.getMeasure())
                .setErrorsPercent(errors.getEach())
                .setMeanErrorPercent(errors.getMean())
                .setSdErrorPercent(errors.getSd())
                .setPerplexities(perplexities.getEach())
                .setMeanPerplexity(perplexities.getMean())
                .setSdPerplexity(perplexities.getSd())
                .setScores(told);
    }

    private static List<Score> each(Measure measure, List<Double> values) {
        return values.stream().map(value -> new Score(measure, value)).toList();
    }
}
