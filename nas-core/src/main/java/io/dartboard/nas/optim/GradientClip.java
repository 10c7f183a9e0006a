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
        NDArray limit = Scalars.of(gradient.getManager(), largest, gradient.getDataType());
        NDArray one = Scalars.of(gradient.getManager(), 1, gradient.getDataType());
        gradient.muli(limit.div(Scalars.plus(norm, EPSILON)).minimum(one));
        return norm;
    }
}
