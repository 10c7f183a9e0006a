package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.KeptOperation;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.Arrays;
import java.util.List;

/**
 * The mixing weights with which a supernet computes a discrete architecture alone, with its own weights: 1 for an operation
 * that the architecture holds, 0 for every other. What the supernet loses by it is the discretisation gap.
 *
 * <p>Source: RobustDARTS (arXiv 1909.09656), section 4.3, for the gap; there the loss of accuracy at the end of the search.
 */
public final class DiscreteMixture {
    /** So much less than 0 that a softmax gives it nothing. */
    private static final float ABSENT = -1e4f;

    private DiscreteMixture() {}

    /**
     * The weights in the alphas' places. Parameters of edges are such that their softmax divides a node evenly among the edges
     * that it keeps.
     *
     * @param layout of the search's alphas
     * @param architecture derived from such alphas
     * @return one value per alpha, as the layout has it
     */
    public static float[] of(SearchSpace space, AlphaLayout layout, Architecture architecture) {
        float[] flat = new float[layout.size()];
        int from = 0;
        for (AlphaLayout.Group group : layout.groups()) {
            if (group.weighsEdges()) {
                Arrays.fill(flat, from, from + group.size(), ABSENT);
            }
            fill(flat, from, group, space, architecture);
            from += group.size();
        }
        return flat;
    }

    private static void fill(
            float[] flat, int from, AlphaLayout.Group group, SearchSpace space, Architecture architecture) {
        List<KeptOperation> kept = architecture.kept().get(space.nameInArchitecture(group.cell()));
        if (kept == null) {
            throw new IllegalArgumentException("no cell of %s has the alphas %s".formatted(architecture, group));
        }
        for (KeptOperation operation : kept) {
            int edge = space.cell().edgeIndex(operation.node(), operation.from());
            if (group.weighsEdges()) {
                flat[from + edge] = 0;
            } else {
                flat[from + edge * group.candidates() + space.candidates().indexOf(operation.operation())] = 1;
            }
        }
    }
}
