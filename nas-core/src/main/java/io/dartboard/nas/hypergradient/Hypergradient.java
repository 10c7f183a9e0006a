package io.dartboard.nas.hypergradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** An approximation of {@code d L_valid(w*(alpha), alpha) / d alpha}, DARTS (arXiv 1806.09055) equation 3. */
public sealed interface Hypergradient permits FirstOrder, Unrolled {
    /**
     * An estimate on the device.
     *
     * @param validLoss the validation loss where it was differentiated, a single number
     * @param gradient one value per alpha, laid out as {@link io.dartboard.nas.supernet.AlphaVector} is
     */
    record Estimate(NDArray validLoss, NDArray gradient) {}

    /**
     * Estimates the gradient and changes neither weights nor alphas.
     *
     * @param scope takes the result and vectors computed on the way; what a pass needs is freed after it
     * @param inner the weights and the step that they are about to take
     * @param valid the loss that the alphas are to lower
     */
    Estimate estimate(NDManager scope, InnerStep inner, Objective valid);
}
