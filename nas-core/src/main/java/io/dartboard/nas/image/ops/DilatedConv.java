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
import io.dartboard.nas.tensor.Phases;
import io.dartboard.nas.tensor.Torch;
import java.util.Optional;

/**
 * {@code dil_conv_kxk}: ReLU, depthwise with dilation 2, pointwise, BN, applied once.
 *
 * <p>A dilated kernel reads every second pixel only. At stride 1 it is therefore an ordinary kernel on each of the four
 * {@linkplain Phases phases} of the image; at stride 2 it sees but one of them, the pixels of even row and column. These
 * are its <i>sites</i>.
 */
public final class DilatedConv extends Rectified {
    private static final int DILATION = 2;

    private final int stride;
    private final Conv2d dilated;
    private final Conv2d onSites;
    private final int depth;
    private final int point;

    private DilatedConv(int stride, Conv2d dilated, Conv2d onSites, int depth, int point, Normalization last) {
        super(last);
        this.stride = stride;
        this.dilated = dilated;
        this.onSites = onSites;
        this.depth = depth;
        this.point = point;
    }

    private static DilatedConv of(Assembly assembly, String prefix, int channels, int kernel, int stride) {
        return new DilatedConv(
                stride,
                Conv2d.depthwise(channels, kernel, stride, DILATION),
                Conv2d.depthwise(channels, kernel, 1, 1),
                assembly.kernel(prefix + "op.1.weight", channels, 1, kernel, kernel),
                assembly.kernel(prefix + "op.2.weight", channels, channels, 1, 1),
                assembly.normalization(prefix + "op.3", channels));
    }

    @Override
    protected NDArray convolve(NDArray rectified, Pass pass) {
        if (stride == 2) {
            return Torch.consume(Functional.subsample(rectified, 2), sites -> convolve(sites, onSites, pass));
        }
        if (!Phases.split(rectified.getShape())) {
            return convolve(rectified, dilated, pass);
        }
        NDArray convolved = Torch.consume(Phases.split(rectified), phases -> convolve(phases, onSites, pass));
        return Torch.consume(convolved, Phases::join);
    }

    private NDArray convolve(NDArray rectified, Conv2d depthwise, Pass pass) {
        NDArray deep = depthwise.apply(rectified, pass.weight(depth)); // (N, C, H', W')
        return Torch.consume(deep, x -> Conv2d.pointwise().apply(x, pass.weight(point)));
    }

    @Override
    protected OnnxValue convolve(OnnxValue rectified, OnnxGraph graph) {
        OnnxValue deep = graph.convolution(rectified, graph.weight(depth), dilated);
        return graph.convolution(deep, graph.weight(point), Conv2d.pointwise());
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
            return layers.separable(input, stride, kernel);
        }
    }

    /** The operation on every edge of a bundle. */
    private record Bundled(int stride, BundledLayer dilated, BundledLayer onSites, BundledLayer point)
            implements BundledOperation {
        static Bundled of(BundleKernels kernels, int kernel) {
            int stride = kernels.stride();
            int weights = kernels.depthwiseKernel("op.1.weight", kernel);
            return new Bundled(
                    stride,
                    new BundledLayer(kernels.depthwise(kernel, stride, DILATION), weights),
                    new BundledLayer(kernels.depthwise(kernel, 1, 1), weights),
                    new BundledLayer(kernels.pointwise(), kernels.pointwiseKernel("op.2.weight")));
        }

        @Override
        public void addTo(BundledTerms sum, BundledStates input, NDArray gain, Pass pass) {
            if (stride == 2) {
                sum.add(rest(onSites.apply(input.even(), pass), gain, pass)); // (N, edges * C, H / 2, W / 2)
            } else if (input.hasPhases()) {
                sum.addPhases(rest(onSites.apply(input.phases(), pass), gain, pass)); // (4N, edges * C, H / 2, W / 2)
            } else {
                sum.add(rest(dilated.apply(input.rectified(), pass), gain, pass)); // (N, edges * C, H, W)
            }
        }

        private NDArray rest(NDArray convolved, NDArray gain, Pass pass) {
            return Torch.consume(Torch.consume(convolved, point.in(pass)), last -> pass.normalize(last, gain));
        }
    }
}
