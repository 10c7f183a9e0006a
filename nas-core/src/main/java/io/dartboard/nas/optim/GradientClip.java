package io.dartboard.nas.optim;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.Scalars;

/** Bounds the norm of a gradient. */
public final class GradientClip {
    // Keeps the quotient finite when the gradient is zero, as the published code's framework does.
    private static final double EPSILON = 1e-6;

    private GradientClip() {}

    /**
     * Scales a gradient in place so that its L2 norm is at most {@code largest}. The device is not waited for.
     *
     * @return the norm before scaling, (1), in the gradient's scope
     */
    public static NDArray globalNorm(NDArray gradient, double largest) {
        NDArray norm = gradient.square().sum().sqrt().reshape(1);
        gradient.muli(factor(norm, largest));
        return norm;
    }

    /** The factor by which a gradient of some norm, (1), is scaled; at most 1. */
    public static NDArray factor(NDArray norm, double largest) {
        return unbounded(norm, largest).minimum(Scalars.of(norm.getManager(), 1, norm.getDataType()));
    }

    /** {@code largest / norm}, which is more than 1 where there is nothing to clip; (1). */
    public static NDArray unbounded(NDArray norm, double largest) {
        return Scalars.of(norm.getManager(), largest, norm.getDataType()).div(Scalars.plus(norm, EPSILON));
    }
}
