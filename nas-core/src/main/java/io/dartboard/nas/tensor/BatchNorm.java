package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Batch normalisation over (N, H, W) of each channel: {@code gain * (x - mean) / sqrt(variance + 1e-5) + bias}. In
 * training the mean and the biased variance are those of the batch.
 *
 * <p>Source: Ioffe and Szegedy, <i>Batch Normalization</i> (arXiv 1502.03167), algorithm 1.
 */
public final class BatchNorm {
    /** Added to the variance. */
    public static final double EPSILON = 1e-5;

    /** Weight of the newest batch in the running statistics. */
    public static final double MOMENTUM = 0.1;

    private BatchNorm() {}

    /**
     * Normalises by the batch's statistics and moves the running ones: {@code running += 0.1 * (batch - running)}, where
     * the batch variance is the unbiased one.
     *
     * @param x (N, C, H, W)
     * @param gain (C)
     * @param bias (C)
     * @param runningMean (C), updated in place
     * @param runningVariance (C), updated in place
     */
    public static NDArray train(NDArray x, NDArray gain, NDArray bias, NDArray runningMean, NDArray runningVariance) {
        int more = FilledChannels.missing(x);
        if (more == 0) {
            return moving(x, gain, bias, runningMean, runningVariance, MOMENTUM);
        }
        try (NDArray images = FilledChannels.images(x, more);
                NDArray gains = FilledChannels.values(gain, more, 0);
                NDArray biases = FilledChannels.values(bias, more, 0);
                NDArray means = FilledChannels.values(runningMean, more, 0);
                NDArray variances = FilledChannels.values(runningVariance, more, 1);
                NDArray normalised = moving(images, gains, biases, means, variances, MOMENTUM)) {
            FilledChannels.keep(means, runningMean);
            FilledChannels.keep(variances, runningVariance);
            return FilledChannels.cut(normalised, (int) gain.size());
        }
    }

    /** Normalises by the running statistics and leaves them alone; shapes as in {@link #train}. */
    public static NDArray evaluate(
            NDArray x, NDArray gain, NDArray bias, NDArray runningMean, NDArray runningVariance) {
        return apply(x, gain, bias, runningMean, runningVariance, false, MOMENTUM);
    }

    /** By the batch's statistics, which the running ones come nearer to by a share of the way. */
    static NDArray moving(
            NDArray x, NDArray gain, NDArray bias, NDArray runningMean, NDArray runningVariance, double momentum) {
        return apply(x, gain, bias, runningMean, runningVariance, true, momentum);
    }

    private static NDArray apply(
            NDArray x, NDArray gain, NDArray bias, NDArray mean, NDArray variance, boolean training, double momentum) {
        return JniUtils.batchNorm(
                (PtNDArray) x,
                (PtNDArray) mean,
                (PtNDArray) variance,
                (PtNDArray) gain,
                (PtNDArray) bias,
                training,
                momentum,
                EPSILON);
    }
}
