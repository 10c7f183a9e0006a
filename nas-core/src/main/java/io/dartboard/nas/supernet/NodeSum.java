package io.dartboard.nas.supernet;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.Phases;
import java.util.Optional;

/**
 * The sum that makes a node of a cell. Terms that come as {@linkplain Phases phases} are summed as phases and joined once.
 * Every term is a fresh array that no derivative reads again, so the first takes in the others.
 */
final class NodeSum {
    private Optional<NDArray> images = Optional.empty(); // (N, C, H, W)
    private Optional<NDArray> phases = Optional.empty(); // (4N, C, H / 2, W / 2)

    void add(NDArray term) {
        images = Optional.of(images.map(sum -> sum.addi(term)).orElse(term));
    }

    void addPhases(NDArray term) {
        phases = Optional.of(phases.map(sum -> sum.addi(term)).orElse(term));
    }

    /** The sum of at least one term. */
    NDArray total() {
        phases.map(Phases::join).ifPresent(this::add);
        phases = Optional.empty();
        return images.orElseThrow();
    }
}
