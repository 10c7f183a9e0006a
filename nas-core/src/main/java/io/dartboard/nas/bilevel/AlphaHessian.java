package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Scalars;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * The Hessian of a validation loss in the space of all alphas, at weights that are held: {@code d^2 L_valid(w, alpha) /
 * dalpha^2}. Where its largest eigenvalue rises, the alphas lie on an ever sharper slope, and the cell that is cut out of the
 * supernet falls off it.
 *
 * <p>Only products with directions are computed, each as a central difference of two alpha gradients: no derivative is
 * differentiated again, so one that is written by hand may hold constant what it likes.
 *
 * <p>Source: RobustDARTS (Zela et al., arXiv 1909.09656), section 4, whose code builds the whole matrix by a backward pass for
 * each alpha.
 *
 * @param point weights, alphas and how these mix
 * @param valid the loss of one validation batch
 * @param radius how far to either side of the alphas is looked, in the norm of the alphas
 */
record AlphaHessian(BilevelPoint point, Objective valid, double radius) {
    /**
     * Short, for a kink of the network that lies within turns the slope at once and would be told as curvature; and long enough
     * to leave single precision three digits. On the network of the golden test the eigenvalue is right to a thousandth from
     * 1e-4 down to 3e-5, and five times as large at 3e-4.
     */
    static final double SINGLE_PRECISION_RADIUS = 1e-4;

    /**
     * The product with a direction.
     *
     * @param scope takes the result
     * @param direction one value per alpha
     * @return one value per alpha
     */
    NDArray product(NDManager scope, NDArray direction) {
        try (NDManager way = scope.newSubManager()) {
            NDArray scale = new FiniteDifference(radius).scale(way, direction);
            NDArray shift = direction.mul(scale);
            NDArray alphas = point.alphas().values();
            NDArray above = gradient(way, shift.add(alphas));
            NDArray below = gradient(way, shift.neg().add(alphas));
            NDArray product = above.sub(below).div(Scalars.times(scale, 2));
            product.attach(scope);
            return product;
        }
    }

    private NDArray gradient(NDManager way, NDArray alphas) {
        return point.with(alphas).differentiate(way, valid, Wanted.ALPHAS).alphaGradient();
    }

    /**
     * The largest eigenvalue; waits for the device.
     *
     * @param scope in which passes open scopes of their own; nothing is left in it
     * @param random the start is drawn from it: the same gives the same, bit by bit on a CPU
     * @param wantsStop asked before each product
     * @return empty if the answer was yes
     */
    Optional<PowerIteration.Found> largestEigenvalue(
            NDManager scope, PowerIteration iteration, RandomGenerator random, BooleanSupplier wantsStop) {
        double[] start = new double[point.alphas().layout().size()];
        Arrays.setAll(start, i -> random.nextGaussian());
        return iteration.largest(direction -> product(scope, direction), start, wantsStop);
    }

    private double[] product(NDManager scope, double[] direction) {
        try (NDManager way = scope.newSubManager()) {
            NDArray values = Copy.toDevice(way, direction, new Shape(direction.length))
                    .toType(point.alphas().values().getDataType(), false);
            return Copy.toHost64(product(way, values));
        }
    }
}
