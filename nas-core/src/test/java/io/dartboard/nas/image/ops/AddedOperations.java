package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.cost.Cost;
import io.dartboard.nas.image.cost.FeatureMap;
import io.dartboard.nas.image.cost.Layers;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.searchspace.CatalogueEntry;
import io.dartboard.nas.searchspace.OperationSource;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.tensor.Conv2d;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Torch;
import java.util.List;
import java.util.Set;

/** Two operations that no paper has, as a jar beside the engine would bring them; neither has a fast form. */
public final class AddedOperations implements OperationSource {
    /** ReLU, 1x1 convolution, BN. */
    public static final Primitive CONV_1X1 = new Primitive("conv_1x1", Set.of());

    /** The state itself at stride 1; at stride 2 every second pixel, scaled channel by channel, and no ReLU. */
    public static final Primitive SCALED_SKIP = new Primitive("channel_scaled_skip", Set.of(1));

    @Override
    public List<CatalogueEntry> operations() {
        return List.of(new PointwiseEntry(), new ScaledSkipEntry());
    }

    private record PointwiseEntry() implements CandidateOperation {
        @Override
        public Primitive primitive() {
            return CONV_1X1;
        }

        @Override
        public Operation assemble(Assembly assembly, String prefix, int channels, int stride) {
            return new Pointwise(
                    stride,
                    assembly.kernel(prefix + "conv.weight", channels, channels, 1, 1),
                    assembly.normalization(prefix + "norm", channels));
        }

        @Override
        public Cost cost(FeatureMap input, int stride, Layers layers) {
            int channels = input.channels();
            return Layers.convolution(channels, input.through(channels, stride), 1, 1, 1)
                    .plus(layers.batchNorm(channels));
        }
    }

    private static final class Pointwise extends Rectified {
        private final int stride;
        private final int kernel;

        Pointwise(int stride, int kernel, Normalization last) {
            super(last);
            this.stride = stride;
            this.kernel = kernel;
        }

        @Override
        protected NDArray convolve(NDArray rectified, Pass pass) {
            if (stride == 1) {
                return Conv2d.pointwise().apply(rectified, pass.weight(kernel));
            }
            return Torch.consume(Functional.subsample(rectified, stride), kept -> Conv2d.pointwise()
                    .apply(kept, pass.weight(kernel)));
        }

        @Override
        protected OnnxValue convolve(OnnxValue rectified, OnnxGraph graph) {
            return graph.convolution(graph.subsample(rectified, 0, stride), graph.weight(kernel), Conv2d.pointwise());
        }
    }

    private record ScaledSkipEntry() implements CandidateOperation {
        @Override
        public Primitive primitive() {
            return SCALED_SKIP;
        }

        @Override
        public Operation assemble(Assembly assembly, String prefix, int channels, int stride) {
            return stride == 1
                    ? new Identity()
                    : new Scaled(
                            stride,
                            channels,
                            assembly.kernel(prefix + "scale.weight", channels, 1, 1, 1),
                            assembly.normalization(prefix + "norm", channels));
        }

        @Override
        public Cost cost(FeatureMap input, int stride, Layers layers) {
            int channels = input.channels();
            return stride == 1
                    ? Cost.ZERO
                    : Layers.convolution(channels, input.through(channels, stride), 1, 1, channels)
                            .plus(layers.batchNorm(channels));
        }
    }

    private record Scaled(int stride, int channels, int scale, Normalization last) implements Operation {
        @Override
        public NDArray apply(NDArray x, Pass pass) {
            NDArray kept = Functional.subsample(x, stride);
            NDArray scaled = Torch.consume(
                    kept, each -> Conv2d.depthwise(channels, 1, 1, 1).apply(each, pass.weight(scale)));
            return Torch.consume(scaled, each -> last.apply(each, pass));
        }

        @Override
        public OnnxValue toOnnx(OnnxValue x, OnnxGraph graph) {
            OnnxValue kept = graph.subsample(x, 0, stride);
            return last.toOnnx(
                    graph.convolution(kept, graph.weight(scale), Conv2d.depthwise(channels, 1, 1, 1)), graph);
        }
    }
}
