package io.dartboard.nas.bilevel;

import io.dartboard.nas.setting.Checks;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * The largest eigenvalue of a symmetric matrix of which nothing is known but products with vectors, by power iteration (von
 * Mises and Pollaczek-Geiringer, 1929).
 *
 * <p>Powers grow along the eigenvalue that is largest in size, whatever its sign. The answer is therefore the larger of the two
 * Ritz values on the last two powers: where a positive and a negative eigenvalue are of nearly one size, powers swing between
 * the two, and neither is seen by the Rayleigh quotient of one. And where what is found is negative, the iteration runs again
 * on the matrix less that value, which has none below 0.
 *
 * @param iterations most products of one run
 * @param tolerance it ends once an estimate differs from the one before by no more than this share of itself
 */
public record PowerIteration(int iterations, double tolerance) {
    /** Three digits, of which a ratio of moving averages needs two. */
    public static final PowerIteration USUAL = new PowerIteration(20, 1e-3);

    // Below it a vector is taken for 0, and what is left of one after its projection for rounding.
    private static final double NOTHING = 1e-12;

    public PowerIteration {
        Checks.atLeast("iterations", iterations, 2, "so that there are two powers");
        Checks.positive("tolerance", tolerance);
    }

    /**
     * What was found.
     *
     * @param eigenvalue the largest
     * @param products how many were computed for it
     */
    public record Found(double eigenvalue, int products) {}

    /**
     * The largest eigenvalue.
     *
     * @param matrix its product with a vector
     * @param start any vector but 0; what it has no part of is not found
     * @param wantsStop asked before each product
     * @return empty if the answer was yes
     */
    Optional<Found> largest(UnaryOperator<double[]> matrix, double[] start, BooleanSupplier wantsStop) {
        Optional<Found> dominant = run(matrix, start, wantsStop);
        if (dominant.isEmpty() || dominant.get().eigenvalue() >= 0) {
            return dominant;
        }
        double below = dominant.get().eigenvalue();
        return run(vector -> plus(matrix.apply(vector), -below, vector), start, wantsStop)
                .map(found -> new Found(
                        found.eigenvalue() + below,
                        found.products() + dominant.get().products()));
    }

    private Optional<Found> run(UnaryOperator<double[]> matrix, double[] start, BooleanSupplier wantsStop) {
        double[] power = times(start, 1 / norm(start));
        double[] next = null; // matrix * power
        double estimate = Double.NaN;
        for (int done = 0; done < iterations; done++) {
            if (wantsStop.getAsBoolean()) {
                return Optional.empty();
            }
            if (next == null) {
                next = matrix.apply(power);
                estimate = dot(power, next);
                continue;
            }
            double length = norm(next);
            if (length < NOTHING) {
                return Optional.of(new Found(0, done));
            }
            double[] afterNext = matrix.apply(next);
            double better = ritz(power, next, afterNext);
            power = times(next, 1 / length);
            next = times(afterNext, 1 / length);
            boolean settled = Math.abs(better - estimate) <= tolerance * Math.abs(better);
            estimate = better;
            if (settled) {
                return Optional.of(new Found(estimate, done + 1));
            }
        }
        return Optional.of(new Found(estimate, iterations));
    }

    /** The larger eigenvalue of the matrix as it acts within the span of a unit vector and its image. */
    private static double ritz(double[] unit, double[] image, double[] imageOfImage) {
        double first = dot(unit, image);
        double[] rest = plus(image, -first, unit);
        double beside = norm(rest);
        if (beside <= NOTHING * norm(image)) {
            return first;
        }
        // The second basis vector is rest / beside, and its image (imageOfImage - first * image) / beside.
        double second = dot(rest, plus(imageOfImage, -first, image)) / (beside * beside);
        double half = (first - second) / 2;
        return (first + second) / 2 + Math.sqrt(half * half + beside * beside);
    }

    private static double[] plus(double[] x, double factor, double[] y) {
        double[] sum = x.clone();
        Arrays.setAll(sum, i -> x[i] + factor * y[i]);
        return sum;
    }

    private static double[] times(double[] x, double factor) {
        double[] scaled = x.clone();
        Arrays.setAll(scaled, i -> x[i] * factor);
        return scaled;
    }

    private static double norm(double[] x) {
        return Math.sqrt(dot(x, x));
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
