package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/** The two halves of a step of bilevel search. Each changes its own kind of parameters and nothing of the other's. */
public interface SearchStep {
    /**
     * What a weight step saw before it changed anything; all on the device, in the step's scope.
     *
     * @param loss of the training batch, as people are told it, a single number
     * @param beside what else was wanted of the pass, see {@link Objective.Seen}
     * @param gradientNorm L2 norm of the weight gradient before clipping, (1)
     */
    record WeightStep(NDArray loss, NDList beside, NDArray gradientNorm) {}

    /**
     * Moves the alphas by one step down a validation loss; returns what moved them, a penalty's share included.
     *
     * @param train the loss of the weight step to come
     */
    Hypergradient.Estimate alphaStep(
            NDManager scope, SearchState state, Objective train, Objective valid, Moment moment);

    /** Moves the weights by one step down a training loss. */
    WeightStep weightStep(NDManager scope, SearchState state, Objective train, Moment moment);
}
