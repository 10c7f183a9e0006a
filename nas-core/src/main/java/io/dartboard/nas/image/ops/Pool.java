package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.cost.Cost;
import io.dartboard.nas.image.cost.FeatureMap;
import io.dartboard.nas.image.cost.Layers;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.tensor.Pooling;
import io.dartboard.nas.tensor.Torch;
import java.util.Optional;

/**
 * {@code max_pool_3x3} and {@code avg_pool_3x3}: padding 1, and in the supernet of DARTS a BN without parameters. Neither has
 * weights, so at one stride all edges that leave a state share one result.
 *
 * @param largest whether the largest value is taken, not the mean
 * @param normalization in the supernet of DARTS
 */
public record Pool(boolean largest, int stride, Optional<Normalization> normalization) implements Operation {
    private static final int KERNEL = 3;
    private static final int PADDING = 1;

    private static Pool of(Assembly assembly, boolean largest, int stride) {
        return new Pool(
                largest,
                stride,
                assembly.normalisesPooling() ? Optional.of(new Normalization.Plain()) : Optional.empty());
    }

    @Override
    public NDArray apply(NDArray x, Pass pass) {
        NDArray pooled =
                largest ? Pooling.max(x, KERNEL, stride, PADDING) : pass.averagePool(x, KERNEL, stride, PADDING);
        return normalization
                .map(last -> Torch.consume(pooled, raw -> last.apply(raw, pass)))
                .orElse(pooled);
    }

    @Override
    public OnnxValue toOnnx(OnnxValue x, OnnxGraph graph) {
        OnnxValue pooled =
                largest ? graph.maxPool(x, KERNEL, stride, PADDING) : graph.averagePool(x, KERNEL, stride, PADDING);
        return normalization.map(last -> last.toOnnx(pooled, graph)).orElse(pooled);
    }

    /** The entry of the catalogue. */
    record Entry(Primitive primitive, boolean largest) implements CandidateOperation {
        @Override
        public Operation assemble(Assembly assembly, String prefix, int channels, int stride) {
            return of(assembly, largest, stride);
        }

        @Override
        public Cost cost(FeatureMap input, int stride, Layers layers) {
            return Cost.ZERO;
        }
    }
}
