package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.Conv2d;

/** ReLU, 1x1 convolution, BN: brings a cell's input to the cell's width. */
public final class ReluConvNorm extends Rectified {
    private final int point;

    private ReluConvNorm(int point, Normalization last) {
        super(last);
        this.point = point;
    }

    /** Registers {@code op.1.weight} and {@code op.2} after a prefix that ends with a dot. */
    public static ReluConvNorm of(Assembly assembly, String prefix, int in, int out) {
        return new ReluConvNorm(
                assembly.kernel(prefix + "op.1.weight", out, in, 1, 1), assembly.normalization(prefix + "op.2", out));
    }

    @Override
    protected NDArray convolve(NDArray rectified, Pass pass) {
        return Conv2d.pointwise().apply(rectified, pass.weight(point)); // (N, out, H, W)
    }
}
