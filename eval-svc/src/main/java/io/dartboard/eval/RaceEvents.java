package io.dartboard.eval;

import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Measure;
import io.dartboard.pipeline.score.Scale;
import io.dartboard.pipeline.score.Score;
import java.util.ArrayList;
import java.util.Optional;

/** Between scores as contracts have them and the scale on which trainings race ({@link LearningCurve}). */
final class RaceEvents {
    private RaceEvents() {}

    /** The curve of a retraining; empty where it has gaps, or is of no number. */
    static Optional<LearningCurve> curve(GenotypeRetrained retrained) {
        var scale = Scale.of(retrained.getMeasure());
        var scores = new ArrayList<Double>();
        for (var point : retrained.getCurve()) {
            if (point.getEpoch() != scores.size() + 1) {
                return Optional.empty();
            }
            scores.add(
                    switch (scale) {
                        case ERROR -> 100 * (1 - point.getHeldOutAccuracy());
                        case PERPLEXITY -> point.getHeldOutLoss();
                    });
        }
        return Optional.of(new LearningCurve(scores, height(Score.of(retrained))))
                .filter(LearningCurve::isFinite);
    }

    /** Where a score lies on the scale. */
    static double height(Score score) {
        return switch (Scale.of(score.measure())) {
            case ERROR -> score.value();
            case PERPLEXITY -> StrictMath.log(score.value());
        };
    }

    /** The score that lies there; the other way round. */
    static double score(Measure measure, double height) {
        return switch (Scale.of(measure)) {
            case ERROR -> height;
            case PERPLEXITY -> StrictMath.exp(height);
        };
    }
}
