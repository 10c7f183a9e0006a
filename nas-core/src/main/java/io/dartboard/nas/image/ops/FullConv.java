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
 * {@code nor_conv_kxk} and {@code simple_conv_kxk}: ReLU, one convolution of all channels, BN.
 *
 * <p>Source: NAS-Bench-201 (Dong and Yang, arXiv 2001.00326), section 2.1; DARTOpti, in the authors' code of D-DARTS (Heuillet
 * et al., arXiv 2108.09306).
 */
final class FullConv extends Rectified {
    private final int kernel;
    private final int stride;
    private final int weight;

    private FullConv(int kernel, int stride, int weight, Normalization last) {
        super(last);
        this.kernel = kernel;
        this.stride = stride;
        this.weight = weight;
    }

    @Override
    protected NDArray convolve(NDArray rectified, Pass pass) {
        // A 1x1 kernel of stride 2 sees every second pixel, and the engine must not be asked for it: see
        // FactorizedReduce.
        return kernel == 1 && stride == 2
                ? Torch.consume(Functional.subsample(rectified, 2), seen -> Conv2d.pointwise()
                        .apply(seen, pass.weight(weight)))
                : Conv2d.square(stride, kernel / 2).apply(rectified, pass.weight(weight)); // (N, C, H', W')
    }

    @Override
    protected OnnxValue convolve(OnnxValue rectified, OnnxGraph graph) {
        return graph.convolution(rectified, graph.weight(weight), Conv2d.square(stride, kernel / 2));
    }

    /**
     * The entry of the catalogue.
     *
     * @param primitive its name
     * @param kernel side of the square kernel: odd
     */
    record Entry(Primitive primitive, int kernel) implements CandidateOperation {
        @Override
        public Operation assemble(Assembly assembly, String prefix, int channels, int stride) {
            return new FullConv(
                    kernel,
                    stride,
                    assembly.kernel(prefix + "op.1.weight", channels, channels, kernel, kernel),
                    assembly.normalization(prefix + "op.2", channels));
        }

        @Override
        public Optional<BundledOperation> bundle(BundleKernels kernels) {
            int channels = kernels.channels();
            int weight = kernels.register("op.1.weight", channels, channels, kernel, kernel);
            boolean ofEvenPixels = kernel == 1 && kernels.stride() == 2;
            int stride = ofEvenPixels ? 1 : kernels.stride();
            Conv2d shape = new Conv2d(stride, stride, kernel / 2, kernel / 2, 1, kernels.edges());
            BundledLayer layer = new BundledLayer(shape, weight);
            return Optional.of((sum, input, gain, pass) -> {
                NDArray x =
                        layer.apply(ofEvenPixels ? input.even() : input.rectified(), pass); // (N, edges * C, H', W')
                sum.add(Torch.consume(x, last -> pass.normalize(last, gain)));
            });
        }

        @Override
        public Cost cost(FeatureMap input, int stride, Layers layers) {
            int channels = input.channels();
            return Layers.convolution(channels, input.through(channels, stride), kernel, kernel, 1)
                    .plus(layers.batchNorm(channels));
        }
    }
}
