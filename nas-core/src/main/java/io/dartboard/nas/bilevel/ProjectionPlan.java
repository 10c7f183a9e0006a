package io.dartboard.nas.bilevel;

import io.dartboard.nas.derive.Discretization;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * When a search decides what it keeps by perturbation: in rounds, each of which decides an edge of every group of alphas, and
 * once all edges are decided a node. The first follows the last epoch of the search proper, and between any two the supernet is
 * tuned; a search that is read off its alphas has none.
 *
 * <p>Source: Wang et al. (DARTS-PT, arXiv 2108.04392), algorithm 1, and the authors' code, which tunes for one more epoch after
 * the last decision.
 *
 * @param edges of a cell
 * @param nodes of a cell that keep fewer edges than lead to them
 * @param tuneEpochs between two rounds; 0 where there are no rounds
 * @param epochs of all the search
 */
public record ProjectionPlan(int edges, int nodes, int tuneEpochs, int epochs) {
    /** By what the learning rate of the search is divided where tuning begins; the authors' code. */
    public static final double TUNING_DIVISOR = 10;

    /** That of a search in a space. */
    static ProjectionPlan of(Discretization discretization, SearchSpace space, int epochs) {
        OptionalInt tuned = discretization.tunedFor();
        return tuned.isEmpty()
                ? new ProjectionPlan(0, 0, 0, epochs)
                : new ProjectionPlan(space.edgeCount(), cutNodes(space), tuned.getAsInt(), epochs);
    }

    private static int cutNodes(SearchSpace space) {
        return (int) IntStream.range(0, space.cell().nodes())
                .filter(node -> isCut(space, node))
                .count();
    }

    /** Whether a node keeps fewer edges than lead to it. */
    static boolean isCut(SearchSpace space, int node) {
        return space.edgesKept(node) < space.cell().edgesInto(node);
    }

    /** Number of rounds. */
    public int rounds() {
        return edges + nodes;
    }

    /** Epochs for which the supernet is tuned, the last of the search. */
    public int tuning() {
        return tuneEpochs * (rounds() - 1);
    }

    /** Epochs before these. */
    public int searching() {
        return epochs - tuning();
    }

    /** The round that follows an epoch, from 0; empty if none does. */
    OptionalInt roundAfter(int epoch) {
        int since = epoch - (searching() - 1);
        return rounds() > 0 && since >= 0 && since % tuneEpochs == 0
                ? OptionalInt.of(since / tuneEpochs)
                : OptionalInt.empty();
    }

    /**
     * Refuses a search in which nothing would precede the tuning.
     *
     * @throws IllegalArgumentException with one line that says how many epochs it takes
     */
    void require() {
        if (rounds() > 0 && searching() < 1) {
            throw new IllegalArgumentException(
                    "epochs must be more than %d, for which the supernet is tuned between %d decisions, tuneEpochs %d after each but the last; give more epochs, or fewer tuneEpochs (was %d)"
                            .formatted(tuning(), rounds(), tuneEpochs, epochs));
        }
    }
}
