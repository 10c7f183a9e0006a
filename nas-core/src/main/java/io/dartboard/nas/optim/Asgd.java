package io.dartboard.nas.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Scalars;

/**
 * Averaged stochastic gradient descent on the weights: {@code w <- w - rate * (g + decay * w)}, and the average follows
 * with {@code a <- a + (w - a) / max(1, t - 1)} in step t from 1. The divisor lags by one step, as the published code's
 * framework has it, so the average is the weights themselves after the first and after the second step.
 *
 * <p>Source: Polyak and Juditsky, <i>Acceleration of Stochastic Approximation by Averaging</i> (1992), equation 2; with
 * neither a start that is left out of the average nor a decaying rate, as Merity et al. (arXiv 1708.02182) use it.
 */
public final class Asgd {
    private final ParameterVector weights;
    private final double weightDecay;
    private final ParameterVector averaged;
    private long steps;

    /**
     * An average that begins at the weights as they are.
     *
     * @param scope what the average lives as long as
     */
    public Asgd(NDManager scope, ParameterVector weights, double weightDecay) {
        this(scope, weights, weightDecay, weights.toArray(), 0);
    }

    /**
     * Continues from a saved average.
     *
     * @param averaged one value per weight
     * @param steps steps taken
     * @throws IllegalArgumentException if it does not have one value per weight
     */
    public Asgd(NDManager scope, ParameterVector weights, double weightDecay, float[] averaged, long steps) {
        if (!(weightDecay >= 0) || steps < 0) {
            throw new IllegalArgumentException(
                    "averaged SGD needs a weight decay and a number of steps of at least 0 (were %s and %d)"
                            .formatted(weightDecay, steps));
        }
        this.weights = weights;
        this.weightDecay = weightDecay;
        this.averaged = new ParameterVector(
                scope, weights.layout(), averaged, weights.values().getDataType());
        this.steps = steps;
    }

    /**
     * Updates the weights and their average in place; to be called while recording is paused.
     *
     * @param gradient (size), of the same layout as the weights; its scope takes the temporary arrays
     */
    public void step(NDArray gradient, double learningRate) {
        steps++;
        NDArray values = weights.values();
        try (NDArray decayed = gradient.duplicate()) {
            Scalars.addScaled(decayed, weightDecay, values);
            Scalars.addScaled(values, -learningRate, decayed);
        }
        if (steps <= 2) {
            // Adding what is missing would round; the average is the weights bit by bit.
            try (NDArray same = averaged.values().duplicate()) {
                averaged.values().subi(same);
            }
            averaged.values().addi(values);
        } else {
            try (NDArray missing = values.sub(averaged.values())) {
                Scalars.addScaled(averaged.values(), 1.0 / (steps - 1), missing);
            }
        }
    }

    /** The average of the weights; it changes with each step. */
    public ParameterVector averaged() {
        return averaged;
    }

    /** Steps taken. */
    public long steps() {
        return steps;
    }
}
