package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.tensor.Conv2d;
import io.dartboard.nas.tensor.Torch;
import java.util.List;

/**
 * The basic residual block that halves the resolution between stages of NAS-Bench-201 (Dong and Yang, arXiv 2001.00326,
 * section 2.1): ReLU, 3x3 convolution and BN twice, the first at stride 2; the shortcut is a mean of 2x2 pixels and a 1x1
 * convolution without BN. Its normalisations have parameters in the supernet, too, as in the authors' code.
 */
public final class ResidualBlock {
    private static final int HALF = 2;

    private final ReluConvNorm first;
    private final ReluConvNorm second;
    private final int shortcut;

    private ResidualBlock(ReluConvNorm first, ReluConvNorm second, int shortcut) {
        this.first = first;
        this.second = second;
        this.shortcut = shortcut;
    }

    /** Registers {@code conv_a}, {@code conv_b} and {@code downsample} after a prefix that ends with a dot. */
    public static ResidualBlock of(Assembly assembly, String prefix, int in, int out) {
        return new ResidualBlock(
                ReluConvNorm.affine3x3(assembly, prefix + "conv_a.", in, out, HALF),
                ReluConvNorm.affine3x3(assembly, prefix + "conv_b.", out, out, 1),
                assembly.kernel(prefix + "downsample.1.weight", out, in, 1, 1));
    }

    /** Maps (N, in, H, W), of even H and W, which stays open, to (N, out, H / 2, W / 2). */
    public NDArray apply(NDArray x, Pass pass) {
        NDArray deep = Torch.consume(first.apply(x, pass), each -> second.apply(each, pass));
        NDArray means = pass.averagePool(x, HALF, HALF, 0);
        try (NDArray shallow = Torch.consume(means, each -> Conv2d.pointwise().apply(each, pass.weight(shortcut)))) {
            return Torch.consume(deep, each -> each.add(shallow));
        }
    }

    /** The same as a part of an ONNX graph. */
    public OnnxValue toOnnx(OnnxValue x, OnnxGraph graph) {
        OnnxValue deep = second.toOnnx(first.toOnnx(x, graph), graph);
        OnnxValue shallow =
                graph.convolution(graph.averagePool(x, HALF, HALF, 0), graph.weight(shortcut), Conv2d.pointwise());
        return graph.sum(List.of(deep, shallow));
    }
}
