package io.dartboard.nas.hypergradient;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * What one pass over a batch yields; all on the device.
 *
 * @param loss mean cross entropy, a single number
 * @param logits (N, classes)
 * @param alphas gradient with respect to the alphas, laid out as {@link io.dartboard.nas.supernet.AlphaVector} is, if it
 *     was asked for
 * @param weights gradient with respect to the weights, (size), if it was asked for
 */
public record Derivatives(NDArray loss, NDArray logits, Optional<NDArray> alphas, Optional<NDArray> weights) {

    /** With respect to what a loss is differentiated; what is not asked for costs nothing. */
    public enum Wanted {
        ALPHAS,
        WEIGHTS,
        BOTH;

        boolean alphas() {
            return this != WEIGHTS;
        }

        boolean weights() {
            return this != ALPHAS;
        }
    }

    /** The gradient with respect to the alphas, which must have been asked for. */
    public NDArray alphaGradient() {
        return alphas.orElseThrow();
    }

    /** The gradient with respect to the weights, which must have been asked for. */
    public NDArray weightGradient() {
        return weights.orElseThrow();
    }
}
