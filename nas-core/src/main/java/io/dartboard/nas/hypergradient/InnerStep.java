package io.dartboard.nas.hypergradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.hypergradient.Derivatives.Wanted;
import io.dartboard.nas.optim.Sgd;

/**
 * The step that the weights are about to take: {@code w' = w - eta * (mu * m + dL_train(w, alpha)/dw + decay * w)}, with
 * the momentum buffer {@code m} as it stands. The gradient is not clipped.
 *
 * @param sgd the weights' optimiser, which is asked and not moved
 * @param train the loss it will step down
 * @param learningRate {@code eta}; 0 makes every unrolled estimate the first-order one
 */
public record InnerStep(Sgd sgd, Objective train, double learningRate) {

    /** The weights as they are, (size). */
    public NDArray before() {
        return sgd.weights().values();
    }

    /** The weights after the step, (size), in a scope. */
    public NDArray after(NDManager scope) {
        NDArray gradient = train.differentiate(scope, before(), Wanted.WEIGHTS).weightGradient();
        return sgd.virtualStep(gradient, learningRate);
    }
}
