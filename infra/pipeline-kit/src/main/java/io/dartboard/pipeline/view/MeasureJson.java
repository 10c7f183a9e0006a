package io.dartboard.pipeline.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.CurvePoint;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.Measure;
import io.dartboard.pipeline.score.Scale;
import io.dartboard.pipeline.score.SeedScores;

/** The fields of a run's JSON that are named after what was measured. */
enum MeasureJson {
    ERROR {
        @Override
        void epoch(AlphaCheckpointed checkpoint, ObjectNode into) {
            into.put("trainAccuracy", checkpoint.getTrainAccuracy())
                    .put("validAccuracy", checkpoint.getValidAccuracy());
        }

        @Override
        void evaluated(SeedScores scores, ObjectNode into) {
            scores(scores, "meanErrorPercent", "sdErrorPercent", "errorsPercent", into);
        }

        @Override
        void retraining(GenotypeRetrained retrained, ObjectNode into) {
            into.put("errorPercent", retrained.getErrorPercent());
        }

        @Override
        void transfer(GenotypeTransferred transferred, ObjectNode into) {
            into.put("top1ErrorPercent", transferred.getTop1ErrorPercent())
                    .put("top5ErrorPercent", transferred.getTop5ErrorPercent())
                    .put("corruptImages", transferred.getCorruptImages());
        }

        @Override
        void point(CurvePoint point, ObjectNode into) {
            into.put("trainAccuracy", point.getTrainAccuracy()).put("heldOutAccuracy", point.getHeldOutAccuracy());
        }
    },

    PERPLEXITY {
        @Override
        void epoch(AlphaCheckpointed checkpoint, ObjectNode into) {
            into.put("trainPerplexity", StrictMath.exp(checkpoint.getTrainLoss()))
                    .put("validPerplexity", StrictMath.exp(checkpoint.getValidLoss()));
        }

        @Override
        void evaluated(SeedScores scores, ObjectNode into) {
            scores(scores, "meanPerplexity", "sdPerplexity", "perplexities", into);
        }

        @Override
        void retraining(GenotypeRetrained retrained, ObjectNode into) {
            into.put("perplexity", retrained.getPerplexity()).put("validPerplexity", retrained.getValidPerplexity());
        }

        @Override
        void transfer(GenotypeTransferred transferred, ObjectNode into) {
            into.put("perplexity", transferred.getPerplexity())
                    .put("validPerplexity", transferred.getValidPerplexity());
        }

        @Override
        void point(CurvePoint point, ObjectNode into) {
            into.put("trainPerplexity", StrictMath.exp(point.getTrainLoss()))
                    .put("heldOutPerplexity", StrictMath.exp(point.getHeldOutLoss()));
        }
    };

    static MeasureJson of(Measure measure) {
        return valueOf(Scale.shown(measure).name());
    }

    abstract void epoch(AlphaCheckpointed checkpoint, ObjectNode into);

    abstract void evaluated(SeedScores scores, ObjectNode into);

    abstract void retraining(GenotypeRetrained retrained, ObjectNode into);

    abstract void transfer(GenotypeTransferred transferred, ObjectNode into);

    abstract void point(CurvePoint point, ObjectNode into);

    private static void scores(SeedScores scores, String mean, String sd, String each, ObjectNode into) {
        into.put(mean, scores.spread().mean()).put(sd, scores.spread().sd());
        var values = into.putArray(each);
        scores.each().forEach(score -> values.add(score.value()));
    }
}
