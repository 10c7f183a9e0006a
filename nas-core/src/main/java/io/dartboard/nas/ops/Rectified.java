package io.dartboard.nas.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.Functional;

/**
 * An operation that begins with a ReLU and ends with a batch normalisation. Whoever applies several of these to one
 * input rectifies it once and calls {@link #applyRectified}.
 */
public abstract sealed class Rectified implements Operation
        permits SeparableConv, DilatedConv, SpatiallySeparatedConv, ReluConvNorm, FactorizedReduce {
    private final Normalization last;

    Rectified(Normalization last) {
        this.last = last;
    }

    @Override
    public final NDArray apply(NDArray x, Pass pass) {
        return applyRectified(Functional.relu(x), pass);
    }

    /** As {@link #apply}, of an input without negative values. */
    public final NDArray applyRectified(NDArray rectified, Pass pass) {
        return last.apply(convolve(rectified, pass), pass);
    }

    /** Everything between the first ReLU and the last normalisation. */
    abstract NDArray convolve(NDArray rectified, Pass pass);
}
