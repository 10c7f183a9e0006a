package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.cost.Cost;
import io.dartboard.nas.image.cost.FeatureMap;
import io.dartboard.nas.image.cost.Layers;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Torch;

/**
 * {@code none}: no connection. A supernet never computes it; its alpha takes part in the softmax all the same. A discrete
 * cell of NAS-Bench-201 has it where a node has nothing else.
 *
 * @param stride every so many rows and columns are kept
 */
public record Zero(int stride) implements Operation {
    @Override
    public NDArray apply(NDArray x, Pass pass) {
        return stride == 1 ? zero(x) : Torch.consume(Functional.subsample(x, stride), Zero::zero);
    }

    @Override
    public OnnxValue toOnnx(OnnxValue x, OnnxGraph graph) {
        return graph.zeros(stride == 1 ? x : graph.subsample(x, 0, stride));
    }

    private static NDArray zero(NDArray x) {
        return Torch.consume(x.zerosLike(), x::mul);
    }

    /** The entry of the catalogue. */
    record Entry(Primitive primitive) implements CandidateOperation {
        @Override
        public Operation assemble(Assembly assembly, String prefix, int channels, int stride) {
            return new Zero(stride);
        }

        @Override
        public Cost cost(FeatureMap input, int stride, Layers layers) {
            return Cost.ZERO;
        }
    }
}
