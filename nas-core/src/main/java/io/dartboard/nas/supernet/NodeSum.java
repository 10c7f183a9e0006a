package io.dartboard.nas.supernet;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/** The sum that makes a node of a cell, as rows, in a fresh array that takes in all others. */
final class NodeSum {
    private Optional<NDArray> sum = Optional.empty(); // rows (N, H, W, C)
    private boolean fresh;

    /** Adds an array that no derivative reads and nobody else has. */
    void addFresh(NDArray term) {
        if (sum.isEmpty()) {
            sum = Optional.of(term);
            fresh = true;
        } else {
            add(term);
        }
    }

    /** Adds an array that must stay as it is; its handle is closed. */
    void add(NDArray term) {
        if (sum.isEmpty()) {
            sum = Optional.of(term);
            return;
        }
        NDArray before = sum.get();
        sum = Optional.of(fresh ? before.addi(term) : before.add(term));
        if (!fresh) {
            before.close();
        }
        fresh = true;
        term.close();
    }

    /** The sum of at least one term. */
    NDArray total() {
        return sum.orElseThrow();
    }
}
