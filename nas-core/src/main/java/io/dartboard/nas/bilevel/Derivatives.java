package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Optional;

/**
 * What one pass over a batch yields; all on the device.
 *
 * @param loss as people are told it, a single number
 * @param beside what else was wanted of the pass, see {@link Objective.Seen}; part of no graph
 * @param alphas gradient with respect to the alphas, laid out as {@link io.dartboard.nas.tensor.AlphaVector} is, if it was
 *     asked for
 * @param weights gradient with respect to the weights, (size), if it was asked for
 */
public record Derivatives(NDArray loss, NDList beside, Optional<NDArray> alphas, Optional<NDArray> weights) {

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

        /** A gradient of the weights, if it is asked for. */
        Optional<NDArray> weights(NDArray gradient) {
            return weights() ? Optional.of(gradient) : Optional.empty();
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
