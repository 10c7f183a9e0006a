package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Where a gamma distribution of scale 1 has a given probability below it, element by element, differentiable with respect to the
 * shape. With the regularised incomplete gamma function
 *
 * <pre>
 *   P(a, x) = x^a e^-x / Gamma(a + 1) * S,     S = sum_n x^n / ((a + 1) ... (a + n))
 * </pre>
 *
 * the root of {@code log P(a, e^y) = log u} is bracketed by bisection and found by Newton's method, whose derivative is
 * {@code d log P / dy = a / S}. The root's derivative is that of the implicit function theorem,
 * {@code dy/da = -(dP/da) / (dP/dy)}: implicit reparameterisation, Figurnov et al. (arXiv 1805.08498). All of it happens on the
 * device, in double precision; nothing waits for a number.
 */
final class GammaQuantile {
    /** Up to this shape the series has enough terms. */
    static final double LARGEST_SHAPE = 140;

    private static final int TERMS = 512;
    private static final int BISECTIONS = 16;
    private static final int NEWTON_STEPS = 5;
    private static final double DIFFERENCE = 1e-5;

    private final NDArray shape; // (..., 1), as all that follows
    private final NDArray logGamma; // of shape + 1
    private final NDArray logFactors; // (..., TERMS): log ((a + 1) ... (a + n))
    private final NDArray numbers; // (TERMS)

    private GammaQuantile(NDArray shape) {
        this.shape = shape;
        this.numbers = shape.getManager().arange(0, TERMS, 1, DataType.FLOAT64);
        this.logGamma = GammaFunction.logarithm(Scalars.plus(shape, 1));
        NDArray logs = shape.add(numbers).log();
        this.logFactors = logs.cumSum(logs.getShape().dimension() - 1).sub(shape.log());
    }

    /**
     * The logarithm of the quantile.
     *
     * @param shape positive, up to {@link #LARGEST_SHAPE}
     * @param probabilities in (0, 1), of the same shape, in double precision
     * @return in the shape's precision
     */
    static NDArray logarithm(NDArray shape, NDArray probabilities) {
        NDArray[] rootAndSlope = solve(shape, probabilities);
        // The root is what it is, and moves with the shape.
        NDArray moved = shape.sub(Autograd.constant(shape.getManager(), shape)).mul(rootAndSlope[1]);
        return moved.add(rootAndSlope[0]);
    }

    private static NDArray[] solve(NDArray shape, NDArray probabilities) {
        NDManager scope = shape.getManager();
        Shape original = shape.getShape();
        DataType type = shape.getDataType();
        try (NDManager way = scope.newSubManager();
                Autograd.Mode paused = Autograd.paused()) {
            NDArray a =
                    Autograd.constant(way, shape).toType(DataType.FLOAT64, true).reshape(original.add(1));
            NDArray logU = Autograd.constant(way, probabilities).log().reshape(original.add(1));
            GammaQuantile gamma = new GammaQuantile(a);
            NDArray root = gamma.root(logU);
            NDArray slope = gamma.slope(root);
            return new NDArray[] {
                Torch.into(scope, root.reshape(original).toType(type, true)),
                Torch.into(scope, slope.reshape(original).toType(type, true))
            };
        }
    }

    private NDArray root(NDArray logU) {
        // P is at most x^a / Gamma(a + 1), and no double below 1 lies beyond twice the mean and 60.
        NDArray low = logU.add(logGamma).div(shape);
        NDArray high = Scalars.plus(Scalars.times(shape, 2), 60).log();
        low = NDArrays.minimum(low, high);
        for (int i = 0; i < BISECTIONS; i++) {
            NDArray middle = Scalars.times(low.add(high), 0.5);
            NDArray above = logProbability(middle).gt(logU).toType(DataType.FLOAT64, false);
            NDArray below = Scalars.plus(above.neg(), 1);
            high = middle.mul(above).add(high.mul(below));
            low = middle.mul(below).add(low.mul(above));
        }
        NDArray y = low; // Of a concave function Newton's method climbs to the root and does not leap over it.
        for (int i = 0; i < NEWTON_STEPS; i++) {
            NDArray logSum = logSum(y);
            NDArray step = logU.sub(logProbability(y, logSum)).mul(logSum.exp()).div(shape);
            y = y.add(step);
        }
        return y;
    }

    /** {@code dy/da} at a root. */
    private NDArray slope(NDArray y) {
        NDArray more = new GammaQuantile(Scalars.plus(shape, DIFFERENCE)).logProbability(y);
        NDArray less = new GammaQuantile(Scalars.plus(shape, -DIFFERENCE)).logProbability(y);
        NDArray byShape = Scalars.times(more.sub(less), 0.5 / DIFFERENCE);
        return byShape.mul(logSum(y).exp()).div(shape).neg();
    }

    /** {@code log P(a, e^y)}. */
    private NDArray logProbability(NDArray y) {
        return logProbability(y, logSum(y));
    }

    private NDArray logProbability(NDArray y, NDArray logSum) {
        return y.mul(shape).sub(y.exp()).sub(logGamma).add(logSum);
    }

    /** {@code log S}. */
    private NDArray logSum(NDArray y) {
        NDArray terms = y.mul(numbers).sub(logFactors);
        NDArray largest = terms.max(new int[] {terms.getShape().dimension() - 1}, true);
        return terms.sub(largest)
                .exp()
                .sum(new int[] {terms.getShape().dimension() - 1}, true)
                .log()
                .add(largest);
    }
}
