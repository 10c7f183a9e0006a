package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.genotype.DistributedGenotype;
import io.dartboard.nas.genotype.Gene;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.ConvolutionalSpace;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.Arrays;

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
        if (architecture instanceof RecurrentGenotype recurrent) {
            RecurrentSpace of = (RecurrentSpace) space;
            for (int node = 0; node < recurrent.nodes(); node++) {
                int edge = of.cell().edgeIndex(node, recurrent.genes().get(node).from());
                int candidate =
                        of.candidates().indexOf(recurrent.genes().get(node).op());
                flat[from + edge * group.candidates() + candidate] = 1;
            }
            return;
        }
        ConvolutionalSpace of = (ConvolutionalSpace) space;
        if (architecture instanceof NasBench201Genotype benchmark) {
            for (int edge = 0; edge < of.edgeCount(); edge++) {
                if (group.weighsEdges()) {
                    flat[from + edge] = 0;
                } else {
                    int candidate =
                            of.candidates().indexOf(benchmark.operations().get(edge));
                    flat[from + edge * group.candidates() + candidate] = 1;
                }
            }
            return;
        }
        CellGenotype cell = cell(architecture, group);
        for (int node = 0; node < cell.nodes(); node++) {
            for (Gene gene : cell.genesOf(node)) {
                int edge = of.cell().edgeIndex(node, gene.from());
                if (group.weighsEdges()) {
                    flat[from + edge] = 0;
                } else {
                    flat[from + edge * group.candidates() + of.candidates().indexOf(gene.op())] = 1;
                }
            }
        }
    }

    private static CellGenotype cell(Architecture architecture, AlphaLayout.Group group) {
        if (architecture instanceof DistributedGenotype distributed) {
            for (int place = 0; place < distributed.cells().size(); place++) {
                if (isOf(AlphaSharing.cell(place), group)) {
                    return distributed.cells().get(place);
                }
            }
        } else if (architecture instanceof Genotype genotype) {
            for (CellKind kind : CellKind.values()) {
                if (isOf(kind.publishedName(), group)) {
                    return genotype.cell(kind);
                }
            }
        }
        throw new IllegalArgumentException("no cell of %s has the alphas %s".formatted(architecture, group));
    }

    private static boolean isOf(String cell, AlphaLayout.Group group) {
        return group.name().equals(cell)
                || group.name()
                        .equals(new AlphaLayout.Group(cell, 1, 1).ofEdges().name());
    }
}
