package io.dartboard.nas.image.cost;

import io.dartboard.nas.cost.Cost;
import io.dartboard.nas.searchspace.Primitive;

/**
 * Costs of layers and of candidate operations. No convolution has a bias.
 *
 * <p>Source: DARTS (arXiv 1806.09055), appendix A.1, and the authors' operations.
 *
 * @param affine whether batch norms have weights: in a discrete network they do, in a supernet's cells they do not
 */
record Layers(boolean affine) {

    /** A convolution of {@code groups} groups that yields {@code output}, followed by nothing. */
    static Cost convolution(int inputs, FeatureMap output, int kernelHeight, int kernelWidth, int groups) {
        long weights = (long) inputs / groups * output.channels() * kernelHeight * kernelWidth;
        return new Cost(weights, weights * output.positions(), 0);
    }

    static Cost linear(int inputs, int outputs) {
        long weights = (long) inputs * outputs;
        return new Cost(weights + outputs, 0, weights);
    }

    Cost batchNorm(int channels) {
        return new Cost(affine ? 2L * channels : 0, 0, 0);
    }

    /** ReLU, 1×1 convolution, batch norm: brings a cell's input to the cell's width. */
    Cost reluConvBatchNorm(FeatureMap input, int outputs) {
        return convolution(input.channels(), input.withChannels(outputs), 1, 1, 1)
                .plus(batchNorm(outputs));
    }

    /** Two 1×1 convolutions at stride 2, the second shifted by a pixel, each yielding half of the channels. */
    Cost factorizedReduce(FeatureMap input, int outputs) {
        if (input.height() % 2 != 0 || input.width() % 2 != 0) {
            throw new IllegalArgumentException(
                    "a factorized reduce needs an even feature map (was %d x %d): choose an image size that halves evenly"
                            .formatted(input.height(), input.width()));
        }
        return convolution(input.channels(), input.through(outputs, 2), 1, 1, 1).plus(batchNorm(outputs));
    }

    /** A candidate operation, from and to {@code input.channels()} channels. */
    Cost operation(Primitive op, FeatureMap input, int stride) {
        return switch (op) {
            case NONE, MAX_POOL_3X3, AVG_POOL_3X3 -> Cost.ZERO;
            case SKIP_CONNECT -> stride == 1 ? Cost.ZERO : factorizedReduce(input, input.channels());
            case SEP_CONV_3X3 -> separable(input, stride, 3);
            case SEP_CONV_5X5 -> separable(input, stride, 5);
            case SEP_CONV_7X7 -> separable(input, stride, 7);
            case DIL_CONV_3X3 -> depthwiseThenPointwise(input, stride, 3);
            case DIL_CONV_5X5 -> depthwiseThenPointwise(input, stride, 5);
            case CONV_7X1_1X7 -> rowThenColumn(input, stride);
        };
    }

    /** The pair is applied twice; only the first has the stride. */
    private Cost separable(FeatureMap input, int stride, int kernel) {
        FeatureMap between = input.through(input.channels(), stride);
        return depthwiseThenPointwise(input, stride, kernel).plus(depthwiseThenPointwise(between, 1, kernel));
    }

    private Cost depthwiseThenPointwise(FeatureMap input, int stride, int kernel) {
        int channels = input.channels();
        FeatureMap output = input.through(channels, stride);
        return convolution(channels, output, kernel, kernel, channels)
                .plus(convolution(channels, output, 1, 1, 1))
                .plus(batchNorm(channels));
    }

    private Cost rowThenColumn(FeatureMap input, int stride) {
        int channels = input.channels();
        FeatureMap output = input.through(channels, stride);
        FeatureMap narrow = new FeatureMap(channels, input.height(), output.width());
        return convolution(channels, narrow, 1, 7, 1)
                .plus(convolution(channels, output, 7, 1, 1))
                .plus(batchNorm(channels));
    }
}
