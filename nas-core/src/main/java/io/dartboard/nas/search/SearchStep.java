package io.dartboard.nas.search;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.hypergradient.Hypergradient;
import io.dartboard.nas.tensor.DeviceBatch;

/** The two halves of a step of bilevel search. Each changes its own kind of parameters and nothing of the other's. */
public interface SearchStep {
    /**
     * What a weight step saw before it changed anything; all on the device, in the step's scope.
     *
     * @param loss mean cross entropy of the training batch, a single number
     * @param logits (N, classes)
     * @param gradientNorm L2 norm of the weight gradient before clipping, (1)
     */
    record WeightStep(NDArray loss, NDArray logits, NDArray gradientNorm) {}

    /**
     * Moves the alphas by one step on a validation batch; returns what moved them.
     *
     * @param train the batch of the weight step to come
     * @param learningRate of the weights
     */
    Hypergradient.Estimate alphaStep(
            NDManager scope, SearchState state, DeviceBatch train, DeviceBatch valid, double learningRate);

    /** Moves the weights by one step on a training batch. */
    WeightStep weightStep(NDManager scope, SearchState state, DeviceBatch train, double learningRate);
}
