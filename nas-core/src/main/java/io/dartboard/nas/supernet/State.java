package io.dartboard.nas.supernet;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.ops.DilatedConv;
import io.dartboard.nas.ops.Pass;
import io.dartboard.nas.ops.Pool;
import io.dartboard.nas.tensor.Functional;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A state of a cell during one pass with what its outgoing edges share: its rectification, where every candidate with
 * weights begins, and its pooled and normalised forms, which have no weights and so are the same on every edge of one
 * stride.
 */
final class State {
    private final NDArray value; // (N, C, H, W)
    private final Map<Pool, NDArray> pooled = new HashMap<>(); // each (N, C, H / stride, W / stride)
    private final Map<Integer, NDArray> sites = new HashMap<>(); // by stride
    private Optional<NDArray> rectified = Optional.empty(); // (N, C, H, W)

    State(NDArray value) {
        this.value = value;
    }

    NDArray value() {
        return value;
    }

    NDArray rectified() {
        if (rectified.isEmpty()) {
            rectified = Optional.of(Functional.relu(value));
        }
        return rectified.orElseThrow();
    }

    /** What dilated convolutions of a stride read. */
    NDArray sites(int stride) {
        return sites.computeIfAbsent(stride, s -> DilatedConv.sites(rectified(), s));
    }

    NDArray pooled(Pool pool, Pass pass) {
        return pooled.computeIfAbsent(pool, p -> p.apply(value, pass));
    }
}
