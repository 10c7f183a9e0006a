package io.dartboard.nas.image.network;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.Functional;
import org.jspecify.annotations.Nullable;

/**
 * A state of a discrete cell; it is rectified once for all operations that begin with a ReLU. Closed with the cell: what a
 * derivative needs stays alive by itself. A node that is but an identity has the array of the state that it reads, which
 * may be closed twice.
 */
final class CellState {
    private final NDArray value; // (N, C, H, W)
    private @Nullable NDArray rectified;

    CellState(NDArray value) {
        this.value = value;
    }

    NDArray value() {
        return value;
    }

    NDArray rectified() {
        NDArray known = rectified;
        if (known == null) {
            known = Functional.relu(value);
            rectified = known;
        }
        return known;
    }

    /** Closes all but the value where that is what the cell hands on. */
    void closeBut(NDArray output) {
        if (value != output) {
            value.close();
        }
        NDArray known = rectified;
        if (known != null) {
            known.close();
        }
    }
}
