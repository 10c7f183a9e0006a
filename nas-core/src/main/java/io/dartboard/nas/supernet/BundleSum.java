package io.dartboard.nas.supernet;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.ChannelGroups;
import io.dartboard.nas.tensor.Phases;
import io.dartboard.nas.tensor.Torch;
import java.util.Optional;

/**
 * The sum over the candidates and the edges of a bundle. Candidates are summed while their edges still lie side by side;
 * then the edges are, and what came as {@linkplain Phases phases} is joined. Every candidate's term is a fresh array that
 * no derivative reads again, so the first takes in the others.
 */
final class BundleSum {
    private final int edges;
    private Optional<NDArray> images = Optional.empty(); // (N, edges * C, H, W)
    private Optional<NDArray> phases = Optional.empty(); // (4N, edges * C, H / 2, W / 2)

    BundleSum(int edges) {
        this.edges = edges;
    }

    void add(NDArray term) {
        images = Optional.of(sum(images, term));
    }

    void addPhases(NDArray term) {
        phases = Optional.of(sum(phases, term));
    }

    /** The total as rows (N, H, W, C), an array of its own; empty if there was no term. */
    Optional<NDArray> total() {
        Optional<NDArray> joined = phases.map(this::overEdges).map(Phases::joinRows);
        Optional<NDArray> summed = images.map(this::overEdges);
        return summed.isEmpty() ? joined : summed.map(total -> sum(joined, total));
    }

    private NDArray overEdges(NDArray wide) {
        return Torch.consume(wide, each -> ChannelGroups.sum(each, edges));
    }

    private static NDArray sum(Optional<NDArray> sum, NDArray term) {
        if (sum.isEmpty()) {
            return term;
        }
        try (term) {
            return sum.get().addi(term);
        }
    }
}
