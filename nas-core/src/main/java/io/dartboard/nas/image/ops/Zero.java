package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
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
}
