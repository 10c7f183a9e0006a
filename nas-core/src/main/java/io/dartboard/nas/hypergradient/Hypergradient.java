package io.dartboard.nas.hypergradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.tensor.DeviceBatch;

/** An approximation of {@code d L_valid(w*(alpha), alpha) / d alpha}, DARTS (arXiv 1806.09055) equation 3. */
public sealed interface Hypergradient permits FirstOrder {
    /**
     * An estimate on the device.
     *
     * @param validLoss mean cross entropy of the validation batch, a single number
     * @param gradient one value per alpha, laid out as {@link io.dartboard.nas.supernet.AlphaVector} is
     */
    record Estimate(NDArray validLoss, NDArray gradient) {}

    /**
     * Estimates the gradient at a point and changes neither weights nor alphas.
     *
     * @param scope takes everything computed on the way, and the result
     */
    Estimate estimate(NDManager scope, BilevelPoint point, DeviceBatch valid);
}
