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

/**
 * {@code bottleneck_1x3x1}: ReLU, 1x1 convolution, BN, 3x3 convolution with the stride, BN, 1x1 convolution to four times the
 * channels, BN, ReLU, 1x1 convolution back, BN.
 *
 * <p>Source: DARTOpti, in the authors' code of D-DARTS (Heuillet et al., arXiv 2108.09306): the block of ResNet50.
 */
final class Bottleneck extends Rectified {
    private static final int EXPANSION = 4;
    private static final int KERNEL = 3;

    private final int stride;
    private final int first;
    private final Normalization afterFirst;
    private final int square;
    private final Normalization afterSquare;
    private final int widen;
    private final Normalization afterWiden;
    private final int narrow;

    private Bottleneck(Assembly assembly, String prefix, int channels, int stride) {
        this(
                stride,
                assembly.kernel(prefix + "op.1.weight", channels, channels, 1, 1),
                assembly.normalization(prefix + "op.2", channels),
                assembly.kernel(prefix + "op.3.weight", channels, channels, KERNEL, KERNEL),
                assembly.normalization(prefix + "op.4", channels),
                assembly.kernel(prefix + "op.5.weight", EXPANSION * channels, channels, 1, 1),
                assembly.normalization(prefix + "op.6", EXPANSION * channels),
                assembly.kernel(prefix + "op.8.weight", channels, EXPANSION * channels, 1, 1),
                assembly.normalization(prefix + "op.9", channels));
    }

    private Bottleneck(
            int stride,
            int first,
            Normalization afterFirst,
            int square,
            Normalization afterSquare,
            int widen,
            Normalization afterWiden,
            int narrow,
            Normalization last) {
        super(last);
        this.stride = stride;
        this.first = first;
        this.afterFirst = afterFirst;
        this.square = square;
        this.afterSquare = afterSquare;
        this.widen = widen;
        this.afterWiden = afterWiden;
        this.narrow = narrow;
    }

    @Override
    protected NDArray convolve(NDArray rectified, Pass pass) {
        NDArray x = Conv2d.pointwise().apply(rectified, pass.weight(first)); // (N, C, H, W)
        x = Torch.consume(x, each -> afterFirst.apply(each, pass));
        x = Torch.consume(x, each -> Conv2d.square(stride, KERNEL / 2).apply(each, pass.weight(square)));
        x = Torch.consume(x, each -> afterSquare.apply(each, pass)); // (N, C, H', W')
        x = Torch.consume(x, each -> Conv2d.pointwise().apply(each, pass.weight(widen))); // (N, 4C, H', W')
        x = Torch.consume(x, each -> afterWiden.apply(each, pass));
        x = Torch.consume(x, Functional::relu);
        return Torch.consume(x, each -> Conv2d.pointwise().apply(each, pass.weight(narrow))); // (N, C, H', W')
    }

    @Override
    protected OnnxValue convolve(OnnxValue rectified, OnnxGraph graph) {
        OnnxValue x = graph.convolution(rectified, graph.weight(first), Conv2d.pointwise());
        x = afterFirst.toOnnx(x, graph);
        x = graph.convolution(x, graph.weight(square), Conv2d.square(stride, KERNEL / 2));
        x = afterSquare.toOnnx(x, graph);
        x = graph.convolution(x, graph.weight(widen), Conv2d.pointwise());
        x = graph.relu(afterWiden.toOnnx(x, graph));
        return graph.convolution(x, graph.weight(narrow), Conv2d.pointwise());
    }

    /** The entry of the catalogue. */
    record Entry(Primitive primitive) implements CandidateOperation {
        @Override
        public Operation assemble(Assembly assembly, String prefix, int channels, int stride) {
            return new Bottleneck(assembly, prefix, channels, stride);
        }

        @Override
        public Optional<BundledOperation> bundle(BundleKernels kernels) {
            return Optional.of(Bundled.of(kernels));
        }

        @Override
        public Cost cost(FeatureMap input, int stride, Layers layers) {
            int channels = input.channels();
            FeatureMap output = input.through(channels, stride);
            FeatureMap wide = output.withChannels(EXPANSION * channels);
            return Layers.convolution(channels, input, 1, 1, 1)
                    .plus(layers.batchNorm(channels))
                    .plus(Layers.convolution(channels, output, KERNEL, KERNEL, 1))
                    .plus(layers.batchNorm(channels))
                    .plus(Layers.convolution(channels, wide, 1, 1, 1))
                    .plus(layers.batchNorm(EXPANSION * channels))
                    .plus(Layers.convolution(EXPANSION * channels, output, 1, 1, 1))
                    .plus(layers.batchNorm(channels));
        }
    }

    /** The operation on every edge of a bundle. */
    private record Bundled(BundledLayer first, BundledLayer square, BundledLayer widen, BundledLayer narrow)
            implements BundledOperation {
        static Bundled of(BundleKernels kernels) {
            int channels = kernels.channels();
            int wide = EXPANSION * channels;
            int stride = kernels.stride();
            return new Bundled(
                    new BundledLayer(kernels.pointwise(), kernels.pointwiseKernel("op.1.weight")),
                    new BundledLayer(
                            new Conv2d(stride, stride, KERNEL / 2, KERNEL / 2, 1, kernels.edges()),
                            kernels.register("op.3.weight", channels, channels, KERNEL, KERNEL)),
                    new BundledLayer(kernels.pointwise(), kernels.register("op.5.weight", wide, channels, 1, 1)),
                    new BundledLayer(kernels.pointwise(), kernels.register("op.8.weight", channels, wide, 1, 1)));
        }

        @Override
        public void addTo(BundledTerms sum, BundledStates input, NDArray gain, Pass pass) {
            NDArray x = first.apply(input.rectified(), pass); // (N, edges * C, H, W)
            x = Torch.consume(x, pass::normalize);
            x = Torch.consume(x, square.in(pass));
            x = Torch.consume(x, pass::normalize); // (N, edges * C, H', W')
            x = Torch.consume(x, widen.in(pass)); // (N, edges * 4C, H', W')
            x = Torch.consume(x, pass::normalize);
            x = Torch.consume(x, Functional::relu);
            x = Torch.consume(x, narrow.in(pass)); // (N, edges * C, H', W')
            sum.add(Torch.consume(x, last -> pass.normalize(last, gain)));
        }
    }
}
