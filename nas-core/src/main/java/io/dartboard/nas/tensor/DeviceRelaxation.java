package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.alpha.Relaxation;
import java.util.Optional;

/**
 * A relaxation that a supernet can compute: the same function twice, on the heap and, differentiable, on a device. One that
 * draws weights at random gives their mean here, by which a search is judged and its cell is derived.
 */
public interface DeviceRelaxation extends Relaxation {
    /** That of DARTS (arXiv 1806.09055), equation 2. */
    DeviceRelaxation SOFTMAX = new DeviceSoftmax();

    /** That of FairDARTS (arXiv 1911.12126), section 3.2. */
    DeviceRelaxation SIGMOID = new DeviceSigmoid();

    /**
     * The mixing weights of some edges.
     *
     * @param alphas shape (edges, candidates), which stays as it is
     * @return weights in [0, 1], shape (edges, candidates)
     */
    NDArray weights(NDArray alphas);

    /** A relaxation as it is in one half of a step. */
    @FunctionalInterface
    interface Drawn {
        /** As {@link DeviceRelaxation#weights(NDArray)}; the same whenever it is asked. */
        NDArray weights(NDArray alphas);
    }

    /**
     * The same as it is in one half of a step; as it always is where nothing is drawn.
     *
     * @param progress share of the search's epochs that is done, in [0, 1)
     */
    default Drawn drawn(Draw draw, double progress) {
        return this::weights;
    }

    /** The same in a form whose gradient is the slope of its weights, for a known-answer check; empty if there is none. */
    default Optional<DeviceRelaxation> exact() {
        return Optional.of(this);
    }

    /** Whether the candidates of an edge compete, so that their weights sum to one. */
    boolean competes();

    /** Whether weights are drawn at random in every step. */
    default boolean draws() {
        return false;
    }
}
