package io.dartboard.nas.image.cost;

import io.dartboard.nas.cost.Cost;

/**
 * Costs of layers, of which operations and networks are made. No convolution has a bias.
 *
 * <p>Source: DARTS (arXiv 1806.09055), appendix A.1, and the authors' operations.
 *
 * @param affine whether batch norms have weights: in a discrete network they do, in a supernet's cells they do not
 */
public record Layers(boolean affine) {

    /** A convolution of {@code groups} groups that yields {@code output}, followed by nothing. */
    public static Cost convolution(int inputs, FeatureMap output, int kernelHeight, int kernelWidth, int groups) {
        long weights = (long) inputs / groups * output.channels() * kernelHeight * kernelWidth;
        return new Cost(weights, weights * output.positions(), 0);
    }

    /** A linear layer with bias. */
    public static Cost linear(int inputs, int outputs) {
        long weights = (long) inputs * outputs;
        return new Cost(weights + outputs, 0, weights);
    }

    /** A batch normalisation. */
    public Cost batchNorm(int channels) {
        return new Cost(affine ? 2L * channels : 0, 0, 0);
    }

    /** ReLU, 1×1 convolution, batch norm: brings a cell's input to the cell's width. */
    public Cost reluConvBatchNorm(FeatureMap input, int outputs) {
        return convolution(input.channels(), input.withChannels(outputs), 1, 1, 1)
                .plus(batchNorm(outputs));
    }

    /**
     * Two 1×1 convolutions at stride 2, the second shifted by a pixel, each yielding half of the channels.
     *
     * @throws IllegalArgumentException if the input does not halve evenly
     */
    public Cost factorizedReduce(FeatureMap input, int outputs) {
        if (input.height() % 2 != 0 || input.width() % 2 != 0) {
            throw new IllegalArgumentException(
                    "a factorized reduce needs an even feature map (was %d x %d): choose an image size that halves evenly"
                            .formatted(input.height(), input.width()));
        }
        return convolution(input.channels(), input.through(outputs, 2), 1, 1, 1).plus(batchNorm(outputs));
    }

    /** A depthwise convolution of a square kernel, a 1×1 convolution, batch norm: a separable convolution, applied once. */
    public Cost separable(FeatureMap input, int stride, int kernel) {
        int channels = input.channels();
        FeatureMap output = input.through(channels, stride);
        return convolution(channels, output, kernel, kernel, channels)
                .plus(convolution(channels, output, 1, 1, 1))
                .plus(batchNorm(channels));
    }
}
