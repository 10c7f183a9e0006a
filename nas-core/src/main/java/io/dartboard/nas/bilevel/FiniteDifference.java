package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import io.dartboard.nas.bilevel.InnerStep.Side;
import io.dartboard.nas.tensor.Scalars;

/**
 * Products of second derivatives of a training loss with a direction in the space of the weights, at the weights as they are:
 * central differences of its gradients, DARTS (arXiv 1806.09055) equation 8. No derivative is differentiated again, so one that
 * is written by hand may hold constant what it likes.
 *
 * @param radius how far to either side of the weights is looked, where the direction is its own yardstick
 */
record FiniteDifference(double radius) {
    /** So short that no kink of a network lies within: the finite difference is then the analytic product. */
    static final double EXACT_RADIUS = 1e-6;

    // Keeps the quotient finite where a direction is 0; the product is then 0, as it should be.
    private static final double SMALLEST_NORM = 1e-30;

    /** By what a direction is multiplied so that it is {@link #radius} long: (1). */
    NDArray scale(NDManager scope, NDArray direction) {
        NDArray smallest = Scalars.of(scope, SMALLEST_NORM, direction.getDataType());
        NDArray norm = direction.square().sum().sqrt().reshape(1).maximum(smallest);
        return Scalars.of(scope, radius, direction.getDataType()).div(norm);
    }

    /**
     * {@code (d^2 L_train / dalpha dw) direction}.
     *
     * @param direction (size)
     * @param scale how much of the direction is looked at to either side, (1)
     * @return one value per alpha
     */
    NDArray mixedProduct(NDManager scope, InnerStep inner, NDArray direction, NDArray scale) {
        return difference(scope, inner, direction, scale, Wanted.ALPHAS);
    }

    /**
     * {@code (d^2 L_train / dw dw) direction}.
     *
     * @param direction (size)
     * @return (size)
     */
    NDArray hessianProduct(NDManager scope, InnerStep inner, NDArray direction) {
        return difference(scope, inner, direction, scale(scope, direction), Wanted.WEIGHTS);
    }

    private static NDArray difference(
            NDManager scope, InnerStep inner, NDArray direction, NDArray scale, Wanted wanted) {
        NDArray shift = direction.mul(scale);
        NDArray weights = inner.point().weights().values();
        NDArray above = gradient(scope, inner, shift.add(weights), Side.ABOVE, wanted);
        NDArray below = gradient(scope, inner, shift.neg().add(weights), Side.BELOW, wanted);
        return above.sub(below).div(Scalars.times(scale, 2));
    }

    private static NDArray gradient(NDManager scope, InnerStep inner, NDArray weights, Side side, Wanted wanted) {
        Derivatives there = inner.point().differentiate(scope, inner.train(side), weights, wanted);
        return wanted == Wanted.ALPHAS ? there.alphaGradient() : there.weightGradient();
    }
}
