package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.alpha.Softmax;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.genotype.Gene;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.searchspace.Primitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rule of DARTS. The strength of an edge is the largest mixing weight among its candidates other than
 * {@code none}; each node keeps its two strongest edges, strongest first, each with the candidate that gave it its
 * strength. {@code none} cannot be chosen, but it takes its share of a softmax, so an edge that prefers
 * {@code none} is a weak edge. Ties go to the earlier state and the earlier candidate.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 2.4.
 *
 * @param space space whose parameters are read
 * @param relaxation that of the search
 */
public record TopTwo(CnnSpace space, Relaxation relaxation) implements DerivationRule {
    private record Choice(Edge edge, Primitive op, double strength) {}

    /** After a search that was relaxed by a softmax. */
    public TopTwo(CnnSpace space) {
        this(space, new Softmax());
    }

    @Override
    public Derivation derive(Alphas alphas) {
        return CellReading.derive(space, relaxation, this::cell, alphas);
    }

    /**
     * The discrete cells of these parameters.
     *
     * @throws IllegalArgumentException if their shape is not the space's
     */
    public Genotype genotype(Alphas alphas) {
        alphas.require(AlphaLayout.sharedByKind(space));
        return new Genotype(cell(alphas.of(CellKind.NORMAL)), cell(alphas.of(CellKind.REDUCE)));
    }

    /** The discrete cell of these parameters. */
    CellGenotype cell(AlphaMatrix alphas) {
        return cell(relaxation.weights(alphas));
    }

    /** The discrete cell of these mixing weights, (edges, candidates). */
    CellGenotype cell(double[][] weights) {
        double[] equal = new double[weights.length];
        Arrays.fill(equal, 1);
        return cell(weights, equal);
    }

    /** The discrete cell of these parameters, where each edge's weights count by a factor (edges). */
    CellGenotype cell(AlphaMatrix alphas, double[] factors) {
        return cell(relaxation.weights(alphas), factors);
    }

    private CellGenotype cell(double[][] weights, double[] factors) {
        CellShape shape = space.cell();
        List<Gene> genes = new ArrayList<>();
        for (int node = 0; node < shape.nodes(); node++) {
            shape.edgesOf(node).stream()
                    .map(edge -> choose(edge, weights[edge.index()], factors[edge.index()]))
                    // A stable sort: edges come by origin, so equal strengths keep the earlier state first.
                    .sorted(Comparator.comparingDouble(Choice::strength).reversed())
                    .limit(CellGenotype.GENES_PER_NODE)
                    .forEach(choice ->
                            genes.add(new Gene(choice.op(), choice.edge().from())));
        }
        List<Integer> concat =
                IntStream.range(shape.inputs(), shape.states()).boxed().toList();
        return CellGenotype.ofPairs(genes, concat);
    }

    private Choice choose(Edge edge, double[] weights, double factor) {
        int best = -1;
        for (int candidate = 0; candidate < weights.length; candidate++) {
            if (CnnSpace.mayBeDerived(space.candidates().get(candidate))
                    && (best < 0 || weights[candidate] > weights[best])) {
                best = candidate;
            }
        }
        return new Choice(edge, space.candidates().get(best), factor * weights[best]);
    }
}
