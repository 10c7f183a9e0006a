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

    /**
     * As {@link #applyRectified}, multiplied channel by channel by a gain (C), at no cost.
     *
     * @throws IllegalStateException if the last normalisation has parameters of its own
     */
    public final NDArray applyRectified(NDArray rectified, NDArray gain, Pass pass) {
        return normalize(convolve(rectified, pass), gain, pass);
    }

    final NDArray normalize(NDArray convolved, NDArray gain, Pass pass) {
        if (last instanceof Normalization.Plain plain) {
            return plain.apply(convolved, gain, pass);
        }
        throw new IllegalStateException("an operation of the discrete form has a gain of its own");
    }

    /** Everything between the first ReLU and the last normalisation. */
    abstract NDArray convolve(NDArray rectified, Pass pass);
}
