package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.tensor.Conv2d;

/** ReLU, convolution, BN: brings what a cell or a residual block reads to its width. */
public final class ReluConvNorm extends Rectified {
    private final Conv2d shape;
    private final int weight;

    private ReluConvNorm(Conv2d shape, int weight, Normalization last) {
        super(last);
        this.shape = shape;
        this.weight = weight;
    }

    /** Of each pixel by itself; registers {@code op.1.weight} and {@code op.2} after a prefix that ends with a dot. */
    public static ReluConvNorm of(Assembly assembly, String prefix, int in, int out) {
        return new ReluConvNorm(
                Conv2d.pointwise(),
                assembly.kernel(prefix + "op.1.weight", out, in, 1, 1),
                assembly.normalization(prefix + "op.2", out));
    }

    /** Of 3x3 pixels, with a normalisation that has parameters in a supernet, too; as {@link #of}. */
    static ReluConvNorm affine3x3(Assembly assembly, String prefix, int in, int out, int stride) {
        return new ReluConvNorm(
                Conv2d.square(stride, 1),
                assembly.kernel(prefix + "op.1.weight", out, in, 3, 3),
                assembly.affineNormalization(prefix + "op.2", out));
    }

    @Override
    protected NDArray convolve(NDArray rectified, Pass pass) {
        return shape.apply(rectified, pass.weight(weight)); // (N, out, H', W')
    }

    @Override
    protected OnnxValue convolve(OnnxValue rectified, OnnxGraph graph) {
        return graph.convolution(rectified, graph.weight(weight), shape);
    }
}
