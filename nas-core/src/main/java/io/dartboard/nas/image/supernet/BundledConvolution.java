package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.image.ops.Assembly;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.tensor.ChannelGroups;
import io.dartboard.nas.tensor.Conv2d;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Phases;
import io.dartboard.nas.tensor.Torch;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A candidate with weights on every edge of a bundle at once. All channels of the first edge come first, then those of the
 * second, and so on; convolutions keep them apart in groups, and normalisation never mixes channels anyway. As the last
 * normalisation has no parameters, its gain takes in the candidate's weight in the mixed operation.
 */
sealed interface BundledConvolution {

    /**
     * Adds the candidate of every edge to what the bundle sums up.
     *
     * @param gain weight of the candidate on each edge, repeated for every channel: (edges * C)
     */
    void addTo(BundleSum sum, BundleInput input, NDArray gain, Pass pass);

    /** The candidate of a primitive; empty if it has no weights at the bundle's stride. */
    static Optional<BundledConvolution> of(
            Primitive primitive, Bundle bundle, int candidate, int channels, String cell, Assembly assembly) {
        Kernels kernels = new Kernels(bundle, candidate, channels, cell, assembly);
        return switch (primitive) {
            case NONE, MAX_POOL_3X3, AVG_POOL_3X3 -> Optional.empty();
            case SKIP_CONNECT -> bundle.stride() == 1 ? Optional.empty() : Optional.of(Reduce.of(kernels));
            case SEP_CONV_3X3 -> Optional.of(Separable.of(kernels, 3));
            case SEP_CONV_5X5 -> Optional.of(Separable.of(kernels, 5));
            case SEP_CONV_7X7 -> Optional.of(Separable.of(kernels, 7));
            case DIL_CONV_3X3 -> Optional.of(Dilated.of(kernels, 3));
            case DIL_CONV_5X5 -> Optional.of(Dilated.of(kernels, 5));
            case CONV_7X1_1X7 -> Optional.of(SpatiallySeparated.of(kernels));
        };
    }

    /** Where the kernels of a candidate are registered. */
    record Kernels(Bundle bundle, int candidate, int channels, String cell, Assembly assembly) {
        int wide() {
            return bundle.width() * channels;
        }

        Conv2d depthwise(int kernel, int stride, int dilation) {
            return Conv2d.depthwise(wide(), kernel, stride, dilation);
        }

        /** A 1x1 convolution of each edge's channels among themselves. */
        Conv2d pointwise() {
            return new Conv2d(1, 1, 0, 0, 1, bundle.width());
        }

        int depthwiseKernel(String name, int kernel) {
            return register(name, channels, 1, kernel, kernel);
        }

        int pointwiseKernel(String name) {
            return register(name, channels, channels, 1, 1);
        }

        int register(String name, int out, int inPerGroup, int height, int width) {
            return assembly.kernels(bundle.names(cell, candidate, name), out, inPerGroup, height, width);
        }
    }

    /** A convolution with the index of its kernel. */
    record Layer(Conv2d shape, int kernel) {
        NDArray apply(NDArray x, Pass pass) {
            return shape.apply(x, pass.weight(kernel));
        }

        UnaryOperator<NDArray> in(Pass pass) {
            return x -> apply(x, pass);
        }
    }

    /** {@code sep_conv_kxk}. */
    record Separable(Layer depth1, Layer point1, Layer depth2, Layer point2) implements BundledConvolution {
        static Separable of(Kernels kernels, int kernel) {
            return new Separable(
                    new Layer(
                            kernels.depthwise(kernel, kernels.bundle().stride(), 1),
                            kernels.depthwiseKernel("op.1.weight", kernel)),
                    new Layer(kernels.pointwise(), kernels.pointwiseKernel("op.2.weight")),
                    new Layer(kernels.depthwise(kernel, 1, 1), kernels.depthwiseKernel("op.5.weight", kernel)),
                    new Layer(kernels.pointwise(), kernels.pointwiseKernel("op.6.weight")));
        }

        @Override
        public void addTo(BundleSum sum, BundleInput input, NDArray gain, Pass pass) {
            NDArray x = depth1.apply(input.rectified(), pass); // (N, edges * C, H', W'), as all that follows
            x = Torch.consume(x, point1.in(pass));
            x = Torch.consume(x, pass::normalize);
            x = Torch.consume(x, Functional::relu);
            x = Torch.consume(x, depth2.in(pass));
            x = Torch.consume(x, point2.in(pass));
            sum.add(Torch.consume(x, last -> pass.normalize(last, gain)));
        }
    }

    /**
     * {@code dil_conv_kxk}. A kernel of dilation 2 reads every second pixel only: at stride 1 it is an ordinary kernel on
     * each of the four {@linkplain Phases phases} of the image, at stride 2 on the pixels of even row and column.
     */
    record Dilated(int stride, Layer dilated, Layer plain, Layer point) implements BundledConvolution {
        static Dilated of(Kernels kernels, int kernel) {
            int stride = kernels.bundle().stride();
            int weights = kernels.depthwiseKernel("op.1.weight", kernel);
            return new Dilated(
                    stride,
                    new Layer(kernels.depthwise(kernel, stride, 2), weights),
                    new Layer(kernels.depthwise(kernel, 1, 1), weights),
                    new Layer(kernels.pointwise(), kernels.pointwiseKernel("op.2.weight")));
        }

        @Override
        public void addTo(BundleSum sum, BundleInput input, NDArray gain, Pass pass) {
            if (stride == 2) {
                sum.add(rest(plain.apply(input.even(), pass), gain, pass)); // (N, edges * C, H / 2, W / 2)
            } else if (input.hasPhases()) {
                sum.addPhases(rest(plain.apply(input.phases(), pass), gain, pass)); // (4N, edges * C, H / 2, W / 2)
            } else {
                sum.add(rest(dilated.apply(input.rectified(), pass), gain, pass)); // (N, edges * C, H, W)
            }
        }

        private NDArray rest(NDArray convolved, NDArray gain, Pass pass) {
            return Torch.consume(Torch.consume(convolved, point.in(pass)), last -> pass.normalize(last, gain));
        }
    }

    /** {@code skip_connect} at stride 2, a factorized reduce. */
    record Reduce(int edges, Layer first, Layer second) implements BundledConvolution {
        static Reduce of(Kernels kernels) {
            int half = kernels.channels() / 2;
            return new Reduce(
                    kernels.bundle().width(),
                    new Layer(kernels.pointwise(), kernels.register("conv_1.weight", half, kernels.channels(), 1, 1)),
                    new Layer(kernels.pointwise(), kernels.register("conv_2.weight", half, kernels.channels(), 1, 1)));
        }

        @Override
        public void addTo(BundleSum sum, BundleInput input, NDArray gain, Pass pass) {
            NDArray even = first.apply(input.even(), pass); // (N, edges * C / 2, H / 2, W / 2)
            NDArray odd = second.apply(input.odd(), pass);
            NDArray joined = ChannelGroups.concat(even, odd, edges); // (N, edges * C, H / 2, W / 2)
            even.close();
            odd.close();
            sum.add(Torch.consume(joined, last -> pass.normalize(last, gain)));
        }
    }

    /** {@code conv_7x1_1x7}. */
    record SpatiallySeparated(Layer alongRow, Layer alongColumn) implements BundledConvolution {
        private static final int LENGTH = 7;

        static SpatiallySeparated of(Kernels kernels) {
            int stride = kernels.bundle().stride();
            int edges = kernels.bundle().width();
            int channels = kernels.channels();
            int padding = LENGTH / 2;
            return new SpatiallySeparated(
                    new Layer(
                            new Conv2d(1, stride, 0, padding, 1, edges),
                            kernels.register("1.weight", channels, channels, 1, LENGTH)),
                    new Layer(
                            new Conv2d(stride, 1, padding, 0, 1, edges),
                            kernels.register("2.weight", channels, channels, LENGTH, 1)));
        }

        @Override
        public void addTo(BundleSum sum, BundleInput input, NDArray gain, Pass pass) {
            NDArray x = alongRow.apply(input.rectified(), pass); // (N, edges * C, H, W')
            x = Torch.consume(x, alongColumn.in(pass)); // (N, edges * C, H', W')
            sum.add(Torch.consume(x, last -> pass.normalize(last, gain)));
        }
    }

    /** The candidates of a bundle with their places among the candidates of the space. */
    record Indexed(int candidate, BundledConvolution convolution) {
        static List<Indexed> of(
                List<Primitive> primitives, Bundle bundle, int channels, String cell, Assembly assembly) {
            return IntStream.range(0, primitives.size())
                    .boxed()
                    .flatMap(i -> BundledConvolution.of(primitives.get(i), bundle, i, channels, cell, assembly)
                            .map(convolution -> new Indexed(i, convolution))
                            .stream())
                    .toList();
        }
    }
}
