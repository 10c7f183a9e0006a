package io.dartboard.nas.search.recurrent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.hypergradient.recurrent.RecurrentHypergradient.Estimate;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.Half;

/** The two halves of a step of bilevel search. Each changes its own kind of parameters and nothing of the other's. */
public interface RecurrentSearchStep {
    /**
     * What a weight step saw before it changed anything; all on the device, in the step's scope.
     *
     * @param likelihood mean negative log-likelihood of the training window, without penalties, a single number
     * @param hidden the hidden state for the next window, (B, n), part of no graph
     */
    record WeightStep(NDArray likelihood, NDArray hidden) {}

    /** Moves the alphas by one step; returns what moved them. */
    Estimate alphaStep(NDManager scope, RecurrentSearchState state, Half train, Half valid, double learningRate);

    /** Moves the weights by one step on a training window. */
    WeightStep weightStep(NDManager scope, RecurrentSearchState state, Half train, double learningRate);
}
