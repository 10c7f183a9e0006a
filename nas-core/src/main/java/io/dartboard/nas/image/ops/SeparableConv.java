package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.cost.Cost;
import io.dartboard.nas.image.cost.FeatureMap;
import io.dartboard.nas.image.cost.Layers;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.tensor.Conv2d;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Torch;
import java.util.Optional;

/** {@code sep_conv_kxk}: ReLU, depthwise, pointwise, BN, applied twice; only the first depthwise has the stride. */
public final class SeparableConv extends Rectified {
    private final Conv2d firstDepthwise;
    private final Conv2d secondDepthwise;
    private final int depth1;
    private final int point1;
    private final Normalization middle;
    private final int depth2;
    private final int point2;

    private SeparableConv(
            Conv2d firstDepthwise,
            Conv2d secondDepthwise,
            int depth1,
            int point1,
            Normalization middle,
            int depth2,
            int point2,
            Normalization last) {
        super(last);
        this.firstDepthwise = firstDepthwise;
        this.secondDepthwise = secondDepthwise;
        this.depth1 = depth1;
        this.point1 = point1;
        this.middle = middle;
        this.depth2 = depth2;
        this.point2 = point2;
    }

    private static SeparableConv of(Assembly assembly, String prefix, int channels, int kernel, int stride) {
        return new SeparableConv(
                Conv2d.depthwise(channels, kernel, stride, 1),
                Conv2d.depthwise(channels, kernel, 1, 1),
                assembly.kernel(prefix + "op.1.weight", channels, 1, kernel, kernel),
                assembly.kernel(prefix + "op.2.weight", channels, channels, 1, 1),
                assembly.normalization(prefix + "op.3", channels),
                assembly.kernel(prefix + "op.5.weight", channels, 1, kernel, kernel),
                assembly.kernel(prefix + "op.6.weight", channels, channels, 1, 1),
                assembly.normalization(prefix + "op.7", channels));
    }

    @Override
    protected NDArray convolve(NDArray rectified, Pass pass) {
        NDArray deep = firstDepthwise.apply(rectified, pass.weight(depth1)); // (N, C, H', W')
        NDArray half = Torch.consume(deep, x -> Conv2d.pointwise().apply(x, pass.weight(point1)));
        half = Torch.consume(half, x -> middle.apply(x, pass));
        half = Torch.consume(half, Functional::relu);
        deep = Torch.consume(half, x -> secondDepthwise.apply(x, pass.weight(depth2)));
        return Torch.consume(deep, x -> Conv2d.pointwise().apply(x, pass.weight(point2))); // (N, C, H', W')
    }

    @Override
    protected OnnxValue convolve(OnnxValue rectified, OnnxGraph graph) {
        OnnxValue half = graph.convolution(rectified, graph.weight(depth1), firstDepthwise);
        half = graph.convolution(half, graph.weight(point1), Conv2d.pointwise());
        half = graph.relu(middle.toOnnx(half, graph));
        half = graph.convolution(half, graph.weight(depth2), secondDepthwise);
        return graph.convolution(half, graph.weight(point2), Conv2d.pointwise());
    }

    /** The entry of the catalogue for a kernel size. */
    record Entry(Primitive primitive, int kernel) implements CandidateOperation {
        @Override
        public Operation assemble(Assembly assembly, String prefix, int channels, int stride) {
            return of(assembly, prefix, channels, kernel, stride);
        }

        @Override
        public Optional<BundledOperation> bundle(BundleKernels kernels) {
            return Optional.of(Bundled.of(kernels, kernel));
        }

        @Override
        public Cost cost(FeatureMap input, int stride, Layers layers) {
            FeatureMap between = input.through(input.channels(), stride);
            return layers.separable(input, stride, kernel).plus(layers.separable(between, 1, kernel));
        }
    }

    /** The operation on every edge of a bundle. */
    private record Bundled(BundledLayer depth1, BundledLayer point1, BundledLayer depth2, BundledLayer point2)
            implements BundledOperation {
        static Bundled of(BundleKernels kernels, int kernel) {
            return new Bundled(
                    new BundledLayer(
                            kernels.depthwise(kernel, kernels.stride(), 1),
                            kernels.depthwiseKernel("op.1.weight", kernel)),
                    new BundledLayer(kernels.pointwise(), kernels.pointwiseKernel("op.2.weight")),
                    new BundledLayer(kernels.depthwise(kernel, 1, 1), kernels.depthwiseKernel("op.5.weight", kernel)),
                    new BundledLayer(kernels.pointwise(), kernels.pointwiseKernel("op.6.weight")));
        }

        @Override
        public void addTo(BundledTerms sum, BundledStates input, NDArray gain, Pass pass) {
            NDArray x = depth1.apply(input.rectified(), pass); // (N, edges * C, H', W'), as all that follows
            x = Torch.consume(x, point1.in(pass));
            x = Torch.consume(x, pass::normalize);
            x = Torch.consume(x, Functional::relu);
            x = Torch.consume(x, depth2.in(pass));
            x = Torch.consume(x, point2.in(pass));
            sum.add(Torch.consume(x, last -> pass.normalize(last, gain)));
        }
    }
}
