package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.alpha.Relaxation;

/** A relaxation that a supernet can compute: the same function twice, on the heap and, differentiable, on a device. */
public interface DeviceRelaxation extends Relaxation {
    /** That of DARTS (arXiv 1806.09055), equation 2. */
    DeviceRelaxation SOFTMAX = new DeviceSoftmax();

    /**
     * The mixing weights of some edges.
     *
     * @param alphas shape (edges, candidates), which stays as it is
     * @return weights in [0, 1], shape (edges, candidates)
     */
    NDArray weights(NDArray alphas);
}
