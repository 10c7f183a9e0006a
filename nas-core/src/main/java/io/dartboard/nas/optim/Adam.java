package io.dartboard.nas.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.tensor.AlphaVector;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.tensor.Scalars;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Adam on the alphas, with weight decay in the gradient (not decoupled) and epsilon outside the root:
 * {@code g <- g + decay * a}, {@code m <- b1 m + (1 - b1) g}, {@code v <- b2 v + (1 - b2) g^2},
 * {@code a <- a - rate * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps)}.
 *
 * <p>Source: Kingma and Ba, <i>Adam</i> (arXiv 1412.6980), algorithm 1.
 */
public final class Adam {
    private static final double EPSILON = 1e-8;
    private static final String FIRST = "adam.first";
    private static final String SECOND = "adam.second";
    private static final String STEPS = "adam.steps";

    private final AlphaVector alphas;
    private final AdamSettings settings;
    private final Optional<NDArray> moved; // (alphas), 0 for those that stay as they are
    private NDArray first; // moving mean of the gradient, (alphas)
    private NDArray second; // moving mean of its square, (alphas)
    private long steps;

    /**
     * An optimiser that has seen nothing.
     *
     * @param scope what its moments live as long as
     */
    public Adam(NDManager scope, AlphaVector alphas, AdamSettings settings) {
        this(scope, alphas, settings, Optional.empty());
    }

    /**
     * One that leaves some alphas as they are.
     *
     * @param scope what its moments live as long as
     * @param moved one value per alpha, 1 for those that are moved and 0 for others; empty where all are
     */
    public Adam(NDManager scope, AlphaVector alphas, AdamSettings settings, Optional<NDArray> moved) {
        this.alphas = alphas;
        this.settings = settings;
        this.moved = moved;
        NDArray values = alphas.values();
        this.first = scope.zeros(values.getShape(), values.getDataType());
        this.second = scope.zeros(values.getShape(), values.getDataType());
    }

    /** As {@link #step(NDArray, double)} at the rate of the settings. */
    public void step(NDArray gradient) {
        step(gradient, settings.alphaLearningRate());
    }

    /**
     * Updates the alphas in place; to be called while recording is paused.
     *
     * @param gradient one value per alpha; its scope takes the temporary arrays
     * @param learningRate of this step
     */
    public void step(NDArray gradient, double learningRate) {
        steps++;
        NDArray values = alphas.values();
        NDArray decayed = gradient.duplicate();
        Scalars.addScaled(decayed, settings.alphaWeightDecay(), values);
        moved.ifPresent(decayed::muli);
        Scalars.timesInPlace(first, settings.alphaBeta1());
        Scalars.addScaled(first, 1 - settings.alphaBeta1(), decayed);
        Scalars.timesInPlace(second, settings.alphaBeta2());
        Scalars.addScaled(second, 1 - settings.alphaBeta2(), decayed.square());
        double rate = learningRate / (1 - StrictMath.pow(settings.alphaBeta1(), steps));
        double rootCorrection = StrictMath.sqrt(1 - StrictMath.pow(settings.alphaBeta2(), steps));
        try (NDArray root = second.sqrt();
                NDArray scaled = Scalars.times(root, 1 / rootCorrection);
                NDArray denominator = Scalars.plus(scaled, EPSILON);
                NDArray direction = first.div(denominator)) {
            Scalars.addScaled(values, -rate, direction);
        }
    }

    /** All that it remembers by name, for a snapshot: both moments and the number of steps. Waits for the device. */
    public Map<String, HostTensor> tensors() {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        tensors.put(FIRST, HostTensor.of(first));
        tensors.put(SECOND, HostTensor.of(second));
        tensors.put(STEPS, HostTensor.of(new long[] {steps}, 1));
        return tensors;
    }

    /**
     * Continues from the {@link #tensors} among others.
     *
     * @throws io.dartboard.nas.tensor.InvalidSafetensorsException if one is missing
     * @throws IllegalArgumentException if a moment does not have one value per alpha
     */
    public void restore(Safetensors saved) {
        long restoredSteps = saved.tensor(STEPS).longs()[0];
        NDArray restoredFirst = moment(saved.tensor(FIRST).floats());
        NDArray restoredSecond = moment(saved.tensor(SECOND).floats());
        first.close();
        second.close();
        first = restoredFirst;
        second = restoredSecond;
        steps = restoredSteps;
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
