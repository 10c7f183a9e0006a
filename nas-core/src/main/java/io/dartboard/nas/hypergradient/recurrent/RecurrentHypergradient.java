package io.dartboard.nas.hypergradient.recurrent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.Half;

/**
 * An approximation of {@code d L_valid(w*(alpha), alpha) / d alpha}, DARTS (arXiv 1806.09055) equation 3, for a recurrent
 * cell. Losses are negative log-likelihoods without penalties.
 */
public sealed interface RecurrentHypergradient permits RecurrentFirstOrder, RecurrentUnrolled {
    /**
     * An estimate on the device.
     *
     * @param validLoss mean negative log-likelihood of the validation window, a single number
     * @param gradient one value per alpha
     * @param validHidden the hidden state for the next validation window, (B, n), part of no graph
     */
    record Estimate(NDArray validLoss, NDArray gradient, NDArray validHidden) {}

    /**
     * Estimates the gradient at a point and changes neither weights nor alphas.
     *
     * @param scope takes the result
     * @param learningRate of the weight step that follows
     */
    Estimate estimate(NDManager scope, RecurrentPoint point, Half train, Half valid, double learningRate);
}
