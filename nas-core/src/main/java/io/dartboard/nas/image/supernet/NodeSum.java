package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.Phases;

/**
 * The sum over all edges that makes a node of a cell. What comes as {@linkplain Phases phases} is summed up as phases and
 * joined once.
 */
final class NodeSum {
    private final LayoutSum pixels = new LayoutSum();
    private final LayoutSum phases = new LayoutSum();

    /** What arrives at the node's own resolution. */
    LayoutSum pixels() {
        return pixels;
    }

    /** What arrives as phases. */
    LayoutSum phases() {
        return phases;
    }

    /** The sum of at least one term: (N, C, H, W). */
    NDArray total() {
        if (!phases.isEmpty()) {
            pixels.addRows(Phases.joinRows(phases.totalRows()));
        }
        return pixels.total();
    }
}
