package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.cost.Cost;
import io.dartboard.nas.image.cost.FeatureMap;
import io.dartboard.nas.image.cost.Layers;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.tensor.Functional;

/**
 * {@code none}: no connection. A supernet never computes it; its alpha takes part in the softmax all the same.
 *
 * @param stride every so many rows and columns are kept
 */
public record Zero(int stride) implements Operation {
    @Override
    public NDArray apply(NDArray x, Pass pass) {
        NDArray kept = stride == 1 ? x : Functional.subsample(x, stride);
        return kept.mul(kept.zerosLike());
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
