package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.alpha.Softmax;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;

/**
 * As {@link TopTwo}, but the strength of an edge is its strongest candidate's weight times that of the edge: a softmax, over the
 * edges into its node, of a parameter for each.
 *
 * <p>Source: Xu et al., <i>PC-DARTS</i> (arXiv 1907.05737), section 3.3.
 *
 * @param space space whose parameters are read
 * @param relaxation that of the search
 */
public record EdgeWeightedTopTwo(CnnSpace space, Relaxation relaxation) implements DerivationRule {
    private static final Softmax AMONG_EDGES = new Softmax();

    @Override
    public Derivation derive(Alphas alphas) {
        alphas.require(layout());
        return CellReading.ofKinds(space, relaxation, kind -> cell(alphas, kind), alphas);
    }

    /**
     * The discrete cells of these parameters.
     *
     * @throws IllegalArgumentException if their shape is not the space's, with a parameter for each edge beside
     */
    public Genotype genotype(Alphas alphas) {
        alphas.require(layout());
        return new Genotype(cell(alphas, CellKind.NORMAL), cell(alphas, CellKind.REDUCE));
    }

    private AlphaLayout layout() {
        return AlphaLayout.sharedByKind(space).withEdges();
    }

    private CellGenotype cell(Alphas alphas, CellKind kind) {
        String name = kind.publishedName();
        AlphaLayout.Group group = layout().groups().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        double[] edges = edgeWeights(alphas.of(group.ofEdges().name()));
        return new TopTwo(space, relaxation).cell(alphas.of(kind), edges);
    }

    /** Of each edge, among those into its node: (edges). */
    private double[] edgeWeights(AlphaMatrix parameters) {
        CellShape cell = space.cell();
        double[] weights = new double[cell.edgeCount()];
        for (int node = 0; node < cell.nodes(); node++) {
            int first = cell.edgeIndex(node, 0);
            float[] into = new float[cell.edgesInto(node)];
            for (int i = 0; i < into.length; i++) {
                into[i] = parameters.at(first + i, 0);
            }
            System.arraycopy(AMONG_EDGES.weights(into), 0, weights, first, into.length);
        }
        return weights;
    }
}
