package io.dartboard.eval;

import java.util.List;

/**
 * How a training that is done has come to its end. Lower is better: errors in percent, and of texts the logarithm of the
 * perplexity, for a perplexity of 200 that falls by a half and one of 100 that does have come equally far.
 *
 * @param scores on what is held out, after each epoch
 * @param end what it has come to
 */
record LearningCurve(List<Double> scores, double end) {
    LearningCurve {
        scores = List.copyOf(scores);
    }

    /** True if all of it are numbers. */
    boolean isFinite() {
        return Double.isFinite(end) && scores.stream().allMatch(Double::isFinite);
    }

    /** True if it has this epoch, from 1. */
    boolean reaches(int epoch) {
        return epoch <= scores.size();
    }

    /** The score after an epoch, from 1. */
    double at(int epoch) {
        return scores.get(epoch - 1);
    }

    /** By how much it has come down from an epoch to its end. */
    double gainSince(int epoch) {
        return at(epoch) - end;
    }
}
