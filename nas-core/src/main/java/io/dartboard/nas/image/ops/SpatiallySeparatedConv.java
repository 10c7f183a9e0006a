package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.cost.Cost;
import io.dartboard.nas.image.cost.FeatureMap;
import io.dartboard.nas.image.cost.Layers;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.tensor.Conv2d;
import io.dartboard.nas.tensor.Torch;
import java.util.Optional;

/**
 * {@code conv_7x1_1x7} and {@code conv_3x1_1x3}: ReLU, full 1xk, full kx1, one BN; each has the stride in its own axis. The
 * former is of published cells and of known networks, the latter of known networks (DARTOpti, in the authors' code of D-DARTS,
 * arXiv 2108.09306).
 */
public final class SpatiallySeparatedConv extends Rectified {
    private final Conv2d alongRow;
    private final Conv2d alongColumn;
    private final int row;
    private final int column;

    private SpatiallySeparatedConv(Conv2d alongRow, Conv2d alongColumn, int row, int column, Normalization last) {
        super(last);
        this.alongRow = alongRow;
        this.alongColumn = alongColumn;
        this.row = row;
        this.column = column;
    }

    private static SpatiallySeparatedConv of(Assembly assembly, String prefix, int channels, int length, int stride) {
        int padding = length / 2;
        return new SpatiallySeparatedConv(
                new Conv2d(1, stride, 0, padding, 1, 1),
                new Conv2d(stride, 1, padding, 0, 1, 1),
                assembly.kernel(prefix + "1.weight", channels, channels, 1, length),
                assembly.kernel(prefix + "2.weight", channels, channels, length, 1),
                assembly.normalization(prefix + "3", channels));
    }

    @Override
    protected NDArray convolve(NDArray rectified, Pass pass) {
        NDArray rows = alongRow.apply(rectified, pass.weight(row)); // (N, C, H, W')
        return Torch.consume(rows, x -> alongColumn.apply(x, pass.weight(column))); // (N, C, H', W')
    }

    @Override
    protected OnnxValue convolve(OnnxValue rectified, OnnxGraph graph) {
        OnnxValue rows = graph.convolution(rectified, graph.weight(row), alongRow);
        return graph.convolution(rows, graph.weight(column), alongColumn);
    }

    /** The entry of the catalogue for a length of the kernels. */
    record Entry(Primitive primitive, int length) implements CandidateOperation {
        @Override
        public Operation assemble(Assembly assembly, String prefix, int channels, int stride) {
            return of(assembly, prefix, channels, length, stride);
        }

        @Override
        public Optional<BundledOperation> bundle(BundleKernels kernels) {
            return Optional.of(Bundled.of(kernels, length));
        }

        @Override
        public Cost cost(FeatureMap input, int stride, Layers layers) {
            int channels = input.channels();
            FeatureMap output = input.through(channels, stride);
            FeatureMap narrow = new FeatureMap(channels, input.height(), output.width());
            return Layers.convolution(channels, narrow, 1, length, 1)
                    .plus(Layers.convolution(channels, output, length, 1, 1))
                    .plus(layers.batchNorm(channels));
        }
    }

    /** The operation on every edge of a bundle. */
    private record Bundled(BundledLayer alongRow, BundledLayer alongColumn) implements BundledOperation {
        static Bundled of(BundleKernels kernels, int length) {
            int stride = kernels.stride();
            int channels = kernels.channels();
            int padding = length / 2;
            return new Bundled(
                    new BundledLayer(
                            new Conv2d(1, stride, 0, padding, 1, kernels.edges()),
                            kernels.register("1.weight", channels, channels, 1, length)),
                    new BundledLayer(
                            new Conv2d(stride, 1, padding, 0, 1, kernels.edges()),
                            kernels.register("2.weight", channels, channels, length, 1)));
        }

        @Override
        public void addTo(BundledTerms sum, BundledStates input, NDArray gain, Pass pass) {
            NDArray x = alongRow.apply(input.rectified(), pass); // (N, edges * C, H, W')
            x = Torch.consume(x, alongColumn.in(pass)); // (N, edges * C, H', W')
            sum.add(Torch.consume(x, last -> pass.normalize(last, gain)));
        }
    }
}
