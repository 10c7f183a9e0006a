package io.dartboard.nas.supernet;

import ai.djl.ndarray.NDArray;

/** The architecture parameters of a search on a device, whatever the space: what an optimiser of alphas moves. */
public interface LiveAlphas {
    /** The vector itself, one value per alpha; an update in place changes the alphas. */
    NDArray values();
}
