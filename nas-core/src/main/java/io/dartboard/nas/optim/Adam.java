package io.dartboard.nas.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.supernet.LiveAlphas;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Scalars;

/**
 * Adam on the alphas, with weight decay in the gradient (not decoupled) and epsilon outside the root:
 * {@code g <- g + decay * a}, {@code m <- b1 m + (1 - b1) g}, {@code v <- b2 v + (1 - b2) g^2},
 * {@code a <- a - rate * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps)}.
 *
 * <p>Source: Kingma and Ba, <i>Adam</i> (arXiv 1412.6980), algorithm 1.
 */
public final class Adam {
    private static final double EPSILON = 1e-8;

    /**
     * What an optimiser remembers.
     *
     * @param steps steps taken
     * @param first moving mean of the gradient, one value per alpha
     * @param second moving mean of its square, one value per alpha
     */
    public record State(long steps, float[] first, float[] second) {}

    private final LiveAlphas alphas;
    private final AdamSettings settings;
    private NDArray first;
    private NDArray second;
    private long steps;

    /**
     * An optimiser that has seen nothing.
     *
     * @param scope what its moments live as long as
     */
    public Adam(NDManager scope, LiveAlphas alphas, AdamSettings settings) {
        this.alphas = alphas;
        this.settings = settings;
        NDArray values = alphas.values();
        this.first = scope.zeros(values.getShape(), values.getDataType());
        this.second = scope.zeros(values.getShape(), values.getDataType());
    }

    /**
     * Updates the alphas in place; to be called while recording is paused.
     *
     * @param gradient one value per alpha; its scope takes the temporary arrays
     */
    public void step(NDArray gradient) {
        steps++;
        NDArray values = alphas.values();
        NDArray decayed = gradient.duplicate();
        Scalars.addScaled(decayed, settings.weightDecay(), values);
        Scalars.timesInPlace(first, settings.beta1());
        Scalars.addScaled(first, 1 - settings.beta1(), decayed);
        Scalars.timesInPlace(second, settings.beta2());
        Scalars.addScaled(second, 1 - settings.beta2(), decayed.square());
        double rate = settings.learningRate() / (1 - StrictMath.pow(settings.beta1(), steps));
        double rootCorrection = StrictMath.sqrt(1 - StrictMath.pow(settings.beta2(), steps));
        try (NDArray root = second.sqrt();
                NDArray scaled = Scalars.times(root, 1 / rootCorrection);
                NDArray denominator = Scalars.plus(scaled, EPSILON);
                NDArray direction = first.div(denominator)) {
            Scalars.addScaled(values, -rate, direction);
        }
    }

    /** A copy of all state; waits for the device. */
    public State state() {
        return new State(steps, Copy.toHost(first), Copy.toHost(second));
    }

    /**
     * Continues from a saved state.
     *
     * @throws IllegalArgumentException if it does not have one value per alpha
     */
    public void restore(State state) {
        NDArray restoredFirst = moment(state.first());
        NDArray restoredSecond = moment(state.second());
        first.close();
        second.close();
        first = restoredFirst;
        second = restoredSecond;
        steps = state.steps();
    }

    private NDArray moment(float[] values) {
        if (values.length != first.size()) {
            throw new IllegalArgumentException(
                    "Adam has moments of %d values (were %d)".formatted(first.size(), values.length));
        }
        return Copy.toDevice(first.getManager(), values, new Shape(values.length))
                .toType(first.getDataType(), false);
    }
}
