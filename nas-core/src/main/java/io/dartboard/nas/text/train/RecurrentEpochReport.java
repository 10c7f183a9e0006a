package io.dartboard.nas.text.train;

import io.dartboard.nas.train.EpochScore;

/**
 * One epoch of a training: a point of its curves. Losses are means per word in nats.
 *
 * @param epoch counted from 0
 * @param learningRate of a window of the whole length
 * @param trainLoss of the training text, with dropout, while the weights changed; without penalties
 * @param validLoss of the validation text after the epoch, without dropout
 * @param averaged whether it was the average of the weights that was judged
 */
public record RecurrentEpochReport(int epoch, double learningRate, double trainLoss, double validLoss, boolean averaged)
        implements EpochScore {

    /** Perplexity of the training text. */
    public double trainPerplexity() {
        return StrictMath.exp(trainLoss);
    }

    /** The {@link #validLoss}. */
    @Override
    public double heldOutLoss() {
        return validLoss;
    }

    /** The {@link #validPerplexity}. */
    @Override
    public double score() {
        return validPerplexity();
    }

    /** Perplexity of the validation text. */
    public double validPerplexity() {
        return StrictMath.exp(validLoss);
    }
}
