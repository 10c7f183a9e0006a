package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.tensor.Conv2d;
import io.dartboard.nas.tensor.Functional;
import java.util.List;

/**
 * Halves the resolution without a wide kernel: ReLU; a 1x1 convolution of stride 2 on the image, another on the image
 * shifted by one pixel, each to half the channels; concatenation; BN. It is {@code skip_connect} at stride 2 and the
 * bridge from a cell to the one after a reduction.
 */
public final class FactorizedReduce extends Rectified {
    private static final Conv2d POINTWISE = Conv2d.pointwise();

    private final int even;
    private final int odd;

    private FactorizedReduce(int even, int odd, Normalization last) {
        super(last);
        this.even = even;
        this.odd = odd;
    }

    /**
     * Registers {@code conv_1.weight}, {@code conv_2.weight} and {@code bn} after a prefix that ends with a dot.
     *
     * @throws IllegalArgumentException if the output channels are odd
     */
    public static FactorizedReduce of(Assembly assembly, String prefix, int in, int out) {
        if (out % 2 != 0) {
            throw new IllegalArgumentException(
                    "%s: a factorized reduce makes two halves and needs an even number of channels (was %d)"
                            .formatted(prefix, out));
        }
        return new FactorizedReduce(
                assembly.kernel(prefix + "conv_1.weight", out / 2, in, 1, 1),
                assembly.kernel(prefix + "conv_2.weight", out / 2, in, 1, 1),
                assembly.normalization(prefix + "bn", out));
    }

    @Override
    protected NDArray convolve(NDArray rectified, Pass pass) {
        long height = rectified.getShape().get(2);
        long width = rectified.getShape().get(3);
        if (height % 2 != 0 || width % 2 != 0) {
            throw new IllegalArgumentException(
                    "a factorized reduce needs an even height and width (were %d and %d); choose an image size that"
                                    .formatted(height, width)
                            + " halves evenly at every reduction");
        }
        // A 1x1 kernel of stride 2 sees every second pixel. The engine must not be asked for it with channels last:
        // below 16
        // channels its kernel of the weight gradient writes past its workspace (oneDNN issue 6035).
        try (NDArray evenPixels = Functional.subsample(rectified, 2); // (N, in, H/2, W/2)
                NDArray oddPixels = Functional.oddPixels(rectified);
                NDArray first = POINTWISE.apply(evenPixels, pass.weight(even)); // (N, out/2, H/2, W/2)
                NDArray second = POINTWISE.apply(oddPixels, pass.weight(odd))) {
            return Functional.concatChannels(List.of(first, second)); // (N, out, H/2, W/2)
        }
    }

    @Override
    protected OnnxValue convolve(OnnxValue rectified, OnnxGraph graph) {
        return graph.concatChannels(List.of(
                graph.convolution(graph.subsample(rectified, 0, 2), graph.weight(even), POINTWISE),
                graph.convolution(graph.subsample(rectified, 1, 2), graph.weight(odd), POINTWISE)));
    }
}
