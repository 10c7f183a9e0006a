package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;

/**
 * The gamma function of positive numbers, which the engine does not bring: its asymptotic series so far out that it is exact to
 * rounding, and the recurrence from there. Differentiable.
 *
 * <p>Source: Abramowitz and Stegun, <i>Handbook of Mathematical Functions</i>, 6.1.41 and 6.3.18.
 */
public final class GammaFunction {
    private static final int SHIFT = 10;
    private static final double HALF_LOG_TWO_PI = 0.9189385332046727;

    // The reciprocals of the coefficients, which are whole: a number is rounded to single precision on its way to a
    // device.
    private static final int[] OF_LOGARITHM = {12, -360, 1260, -1680, 1188}; // of the odd powers of 1/x, from the first
    private static final int[] OF_DIGAMMA = {-12, 120, -252, 240, -132}; // of the even ones, from the second

    private GammaFunction() {}

    /** {@code log Gamma(x)}, element by element. */
    public static NDArray logarithm(NDArray x) {
        NDArray far = Scalars.plus(x, SHIFT);
        NDArray reciprocal = far.onesLike().div(far);
        NDArray series = powers(OF_LOGARITHM, reciprocal.mul(reciprocal)).mul(reciprocal);
        NDArray stirling = Scalars.plus(far, -0.5).mul(far.log()).sub(far).add(series);
        return plusConstant(stirling.sub(overSteps(between(x).log())));
    }

    // In two parts, for the same reason.
    private static NDArray plusConstant(NDArray x) {
        double rounded = (float) HALF_LOG_TWO_PI;
        return Scalars.plus(Scalars.plus(x, rounded), HALF_LOG_TWO_PI - rounded);
    }

    /** {@code psi(x)}, the slope of {@link #logarithm}. */
    public static NDArray digamma(NDArray x) {
        NDArray far = Scalars.plus(x, SHIFT);
        NDArray reciprocal = far.onesLike().div(far);
        NDArray square = reciprocal.mul(reciprocal);
        NDArray series = powers(OF_DIGAMMA, square).mul(square);
        NDArray psi = far.log().sub(Scalars.times(reciprocal, 0.5)).add(series);
        NDArray steps = between(x);
        return psi.sub(overSteps(steps.onesLike().div(steps)));
    }

    /** {@code 1/d_0 + s/d_1 + s^2/d_2 + ...}. */
    private static NDArray powers(int[] divisors, NDArray square) {
        NDArray ones = square.onesLike();
        NDArray sum = square.zerosLike();
        for (int i = divisors.length - 1; i >= 0; i--) {
            sum = sum.mul(square).add(ones.div(Scalars.times(ones, divisors[i])));
        }
        return sum;
    }

    /** x, x + 1 and so on, up to where the series begins: (..., SHIFT). */
    private static NDArray between(NDArray x) {
        return x.expandDims(-1).add(x.getManager().arange(0, SHIFT, 1, x.getDataType()));
    }

    private static NDArray overSteps(NDArray steps) {
        return steps.sum(new int[] {steps.getShape().dimension() - 1});
    }
}
