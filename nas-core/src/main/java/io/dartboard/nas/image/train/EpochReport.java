package io.dartboard.nas.image.train;

import io.dartboard.nas.train.EpochScore;

/**
 * One epoch of a training: a point of its curves. Losses are means per image in nats, accuracies and shares are in [0, 1].
 *
 * @param epoch counted from 0
 * @param learningRate the learning rate of this epoch
 * @param dropPathProbability the drop path probability of this epoch
 * @param trainLoss what was minimised, with smoothing and auxiliary loss where they are on
 * @param trainAccuracy on the augmented training images, while the weights changed
 * @param heldOutLoss cross entropy on the held-out images, never smoothed
 * @param heldOutAccuracy the share of held-out images whose label came first
 * @param heldOutTop5 the share of held-out images whose label came among the first five
 */
public record EpochReport(
        int epoch,
        double learningRate,
        double dropPathProbability,
        double trainLoss,
        double trainAccuracy,
        double heldOutLoss,
        double heldOutAccuracy,
        double heldOutTop5)
        implements EpochScore {

    /** Top-1 error on the held-out images in percent. */
    public double errorPercent() {
        return 100 * (1 - heldOutAccuracy);
    }

    /** The {@link #errorPercent}. */
    @Override
    public double score() {
        return errorPercent();
    }

    /** Top-5 error on the held-out images in percent. */
    public double top5ErrorPercent() {
        return 100 * (1 - heldOutTop5);
    }
}
