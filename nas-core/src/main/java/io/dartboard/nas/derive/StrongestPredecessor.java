package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.alpha.Softmax;
import io.dartboard.nas.genotype.RecurrentGene;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.searchspace.RecurrentPrimitive;
import io.dartboard.nas.searchspace.RecurrentSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rule of DARTS for a recurrent cell. The strength of an edge is the largest mixing weight among its candidates
 * other than {@code none}; each node keeps its one strongest edge with the candidate that gave it its strength.
 * {@code none} cannot be chosen, but it takes its share of a softmax. Ties go to the earlier state and the earlier
 * candidate. All nodes form the output.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 2.4.
 *
 * @param space space whose parameters are read
 * @param relaxation that of the search
 */
public record StrongestPredecessor(RecurrentSpace space, Relaxation relaxation) implements DerivationRule {
    private record Choice(RecurrentGene gene, double strength) {}

    /** After a search that was relaxed by a softmax. */
    public StrongestPredecessor(RecurrentSpace space) {
        this(space, new Softmax());
    }

    @Override
    public Derivation derive(Alphas alphas) {
        return new Derivation(genotype(alphas), Optional.empty());
    }

    /**
     * The discrete cell of these parameters.
     *
     * @throws IllegalArgumentException if their shape is not the space's
     */
    public RecurrentGenotype genotype(Alphas alphas) {
        AlphaMatrix cell = alphas.require(AlphaLayout.sharedByKind(space)).of(RecurrentSpace.CELL);
        List<RecurrentGene> genes = new ArrayList<>();
        for (int node = 0; node < space.nodes(); node++) {
            Choice best = space.cell().edgesOf(node).stream()
                    .map(edge -> choose(edge, relaxation.weights(cell.row(edge.index()))))
                    // Edges come by origin, so equal strengths keep the earlier state.
                    .reduce((earlier, later) -> later.strength() > earlier.strength() ? later : earlier)
                    .orElseThrow();
            genes.add(best.gene());
        }
        return new RecurrentGenotype(
                genes, IntStream.rangeClosed(1, space.nodes()).boxed().toList());
    }

    private Choice choose(Edge edge, double[] weights) {
        int best = -1;
        for (int candidate = 0; candidate < weights.length; candidate++) {
            if (space.candidates().get(candidate) != RecurrentPrimitive.NONE
                    && (best < 0 || weights[candidate] > weights[best])) {
                best = candidate;
            }
        }
        return new Choice(new RecurrentGene(space.candidates().get(best), edge.from()), weights[best]);
    }
}
