package io.dartboard.nas.hypergradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.hypergradient.Derivatives.Wanted;

/** A loss as a function of weights, at alphas that stand still: one level of a bilevel problem. */
@FunctionalInterface
public interface Objective {
    /**
     * The loss and its derivatives.
     *
     * @param scope takes the results; everything else is freed
     * @param weights (size), where the loss is asked for
     */
    Derivatives differentiate(NDManager scope, NDArray weights, Wanted wanted);
}
