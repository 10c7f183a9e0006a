package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDManager;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.EdgeForm;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import io.dartboard.nas.searchspace.NetworkShape;
import java.util.Optional;

/** What a method adds to the training loss that the weights go down. */
@FunctionalInterface
public interface WeightPenalty {
    /** Adds nothing. */
    WeightPenalty NONE = (scope, point, train, progress) -> point.differentiate(scope, train, Wanted.WEIGHTS);

    /**
     * The training loss at a point, as people are told it, and the gradient of the weights with the penalty's.
     *
     * @param scope takes the results; everything else is freed
     * @param point where the weights take their step
     * @param progress share of the search's epochs that is done, in [0, 1)
     */
    Derivatives differentiate(NDManager scope, BilevelPoint point, Objective train, double progress);

    /** Why cells that share their alphas so, with such edges, cannot have it; empty if they can. */
    default Optional<String> unfit(AlphaSharing sharing, EdgeForm edges) {
        return Optional.empty();
    }

    /** Why a recurrent search cannot have it; empty if it can. */
    default Optional<String> unfitForRecurrentCells() {
        return Optional.empty();
    }

    /** Cells that a supernet which reduces at its thirds must have for it to say anything. */
    default int fewestCells() {
        return 1;
    }

    /**
     * Whether it says anything of a convolutional supernet.
     *
     * @throws IllegalArgumentException if it does not
     */
    default void require(NetworkShape shape) {
        // Most say something of any.
    }
}
