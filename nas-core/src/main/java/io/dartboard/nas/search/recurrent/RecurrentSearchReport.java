package io.dartboard.nas.search.recurrent;

import io.dartboard.nas.alpha.RecurrentAlphas;

/**
 * An epoch of a search for a recurrent cell. Losses are means per word in nats.
 *
 * @param epoch from 0
 * @param learningRate of the weights, in a window of the whole length
 * @param trainLoss of the training text as it came, before each weight step, with dropout
 * @param validLoss of the whole validation text after the epoch, without dropout, by batch statistics
 * @param alphas after the epoch
 * @param gradientNorm L2 norm of the alpha gradient, averaged over the epoch's steps
 * @param entropy of an edge's mixing weights, averaged over edges, in nats
 */
public record RecurrentSearchReport(
        int epoch,
        double learningRate,
        double trainLoss,
        double validLoss,
        RecurrentAlphas alphas,
        double gradientNorm,
        double entropy) {

    /** Perplexity of the training text. */
    public double trainPerplexity() {
        return StrictMath.exp(trainLoss);
    }

    /** Perplexity of the validation text. */
    public double validPerplexity() {
        return StrictMath.exp(validLoss);
    }
}
