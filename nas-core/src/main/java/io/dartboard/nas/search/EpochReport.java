package io.dartboard.nas.search;

import io.dartboard.nas.alpha.Alphas;

/**
 * An epoch of a search.
 *
 * @param epoch from 0
 * @param learningRate of the weights during the epoch
 * @param trainLoss mean cross entropy of the training images as they came, before each weight step, in nats
 * @param trainAccuracy share of them classified right, in [0, 1]
 * @param validLoss mean cross entropy of the validation half after the epoch, by batch statistics, in nats
 * @param validAccuracy share of it classified right, in [0, 1]
 * @param alphas after the epoch
 * @param normal indicators of the normal cell
 * @param reduce indicators of the reduction cell
 */
public record EpochReport(
        int epoch,
        double learningRate,
        double trainLoss,
        double trainAccuracy,
        double validLoss,
        double validAccuracy,
        Alphas alphas,
        CellReport normal,
        CellReport reduce) {

    /**
     * A kind of cell.
     *
     * @param gradientNorm L2 norm of the alpha gradient, averaged over the epoch's steps
     * @param entropy of an edge's mixing weights, averaged over edges, in nats
     */
    public record CellReport(double gradientNorm, double entropy) {}
}
