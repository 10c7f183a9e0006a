package io.dartboard.nas.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Scalars;
import java.util.Optional;

/**
 * Stochastic gradient descent with momentum on the weights: {@code m <- momentum * m + (g + decay * w)},
 * {@code w <- w - rate * m}. Weights that rest are not moved by any of it.
 */
public final class Sgd {
    private final ParameterVector weights;
    private final double momentum;
    private final double weightDecay;
    private NDArray buffer; // (size)
    private Optional<NDArray> moving = Optional.empty(); // (size), 0 for a weight that rests, else 1

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
     * From now on some weights rest: neither gradient nor momentum nor decay moves them.
     *
     * @param moves (size), 0 for a weight that rests and 1 for any other, in the place of what was said before; it is this
     *     optimiser's from now on, and lives as long as its momentum buffer
     */
    public void rest(NDArray moves) {
        moving.ifPresent(NDArray::close);
        moves.attach(buffer.getManager());
        moving = Optional.of(moves);
        buffer.muli(moves);
    }

    /** Takes out of a direction, (size), in place, what lies along weights that rest. */
    public void still(NDArray direction) {
        moving.ifPresent(direction::muli);
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
        still(buffer);
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
        still(moved);
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
