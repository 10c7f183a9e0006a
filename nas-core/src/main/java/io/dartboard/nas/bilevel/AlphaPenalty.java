package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.tensor.DeviceRelaxation;
import java.util.Optional;

/** What a method adds to the validation loss that its alphas go down: a function of the alphas alone. */
@FunctionalInterface
public interface AlphaPenalty {
    /** Adds nothing. */
    AlphaPenalty NONE = (alphas, layout, progress) -> Optional.empty();

    /**
     * The penalty, a single number that is differentiated; empty where it is 0 whatever the alphas.
     *
     * @param alphas one value per alpha
     * @param progress share of the search's epochs that is done, in [0, 1)
     */
    Optional<NDArray> of(NDArray alphas, AlphaLayout layout, double progress);

    /** Why alphas that are relaxed so cannot be penalised; empty if they can. */
    default Optional<String> unfit(DeviceRelaxation relaxation) {
        return Optional.empty();
    }
}
