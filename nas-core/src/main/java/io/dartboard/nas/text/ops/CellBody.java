package io.dartboard.nas.text.ops;

import ai.djl.ndarray.NDArray;

/** The nodes of a recurrent cell during one pass: what makes a step's output of its first state. */
@FunctionalInterface
public interface CellBody {
    /**
     * One step in time.
     *
     * @param start state 0, the mixture of input and hidden state: (B, n)
     * @return the cell's output, which is the next hidden state: (B, n)
     */
    NDArray apply(NDArray start);
}
