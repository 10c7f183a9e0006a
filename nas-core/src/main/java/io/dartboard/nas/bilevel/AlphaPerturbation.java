package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDManager;
import io.dartboard.nas.provenance.RandomStream;

/** At which mixing weights, instead of those of the alphas, the weights of the supernet take their step. */
@FunctionalInterface
public interface AlphaPerturbation {
    /** At those of the alphas. */
    AlphaPerturbation NONE = (scope, point, train, random, progress) -> point;

    /**
     * Where the weights take their step; neither weights nor alphas change.
     *
     * @param scope takes the result
     * @param point in the place of whose alphas mixing weights stand
     * @param train the loss of the step
     * @param random all that is drawn for the step
     * @param progress share of the search's epochs that is done, in [0, 1)
     * @return the same with other mixing weights
     */
    BilevelPoint perturb(NDManager scope, BilevelPoint point, Objective train, RandomStream random, double progress);
}
