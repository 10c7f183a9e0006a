package io.dartboard.nas.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Scalars;

/**
 * Stochastic gradient descent with momentum on the weights: {@code m <- momentum * m + (g + decay * w)},
 * {@code w <- w - rate * m}.
 */
public final class Sgd {
    private final ParameterVector weights;
    private final double momentum;
    private final double weightDecay;
    private NDArray buffer; // (size)

    /**
     * An optimiser at rest.
     *
     * @param scope what the momentum buffer lives as long as
     */
    public Sgd(NDManager scope, ParameterVector weights, double momentum, double weightDecay) {
        if (!(momentum >= 0 && momentum < 1) || !(weightDecay >= 0)) {
            throw new IllegalArgumentException(
                    "SGD needs a momentum in [0, 1) and a weight decay of at least 0 (were %s and %s)"
                            .formatted(momentum, weightDecay));
        }
        this.weights = weights;
        this.momentum = momentum;
        this.weightDecay = weightDecay;
        NDArray values = weights.values();
        this.buffer = scope.zeros(values.getShape(), values.getDataType());
    }

    /** The weights it steps. */
    public ParameterVector weights() {
        return weights;
    }

    /**
     * Updates the weights in place; to be called while recording is paused.
     *
     * @param gradient (size), of the same layout as the weights; its scope takes the temporary arrays
     */
    public void step(NDArray gradient, double learningRate) {
        NDArray values = weights.values();
        Scalars.timesInPlace(buffer, momentum);
        buffer.addi(gradient);
        Scalars.addScaled(buffer, weightDecay, values);
        Scalars.addScaled(values, -learningRate, buffer);
    }

    /**
     * The weights after a step that is not taken: {@code w - rate * (momentum * m + g + decay * w)}.
     *
     * @param gradient (size); its scope takes the result
     * @return (size)
     */
    public NDArray virtualStep(NDArray gradient, double learningRate) {
        NDArray moved = gradient.duplicate();
        Scalars.addScaled(moved, momentum, buffer);
        Scalars.addScaled(moved, weightDecay, weights.values());
        Scalars.timesInPlace(moved, -learningRate);
        return moved.addi(weights.values());
    }

    /** Whether it has a state beside the weights: without momentum it has none. */
    public boolean remembers() {
        return momentum > 0;
    }

    /** The momentum buffer on the heap, (size); waits for the device. */
    public HostTensor momentumBuffer() {
        return HostTensor.of(buffer);
    }

    /**
     * Continues from a saved momentum buffer.
     *
     * @throws IllegalArgumentException if it does not have one value per weight
     */
    public void restore(float[] momentumBuffer) {
        NDArray restored = new ParameterVector(
                        buffer.getManager(), weights.layout(), momentumBuffer, buffer.getDataType())
                .values();
        buffer.close();
        buffer = restored;
    }
}
