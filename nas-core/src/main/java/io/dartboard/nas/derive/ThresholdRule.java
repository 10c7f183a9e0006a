package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.genotype.Gene;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rules of FairDARTS: a cell keeps what is strong enough, so that a node has any number of operands, or none and does not
 * exist. Candidates that do not compete can all be strong, or all weak, which a softmax could not tell.
 *
 * <p>Where nothing of a cell reaches the threshold, as before the first step, the authors' program has no cell; here the one
 * strongest operation on an edge from the cell's inputs stands in, so that every search has a result, small as it is.
 *
 * <p>Source: FairDARTS (Chu et al., arXiv 1911.12126), section 3.3, and the authors' code.
 *
 * @param space space whose parameters are read
 * @param relaxation that of the search
 * @param threshold least weight of what is kept
 * @param kept of which edges how much may be kept
 */
record ThresholdRule(CnnSpace space, Relaxation relaxation, double threshold, Kept kept) implements DerivationRule {
    private static final int OPERATIONS_PER_EDGE = 2;

    /** Of which edges how much may be kept. */
    enum Kept {
        /** The strongest operation of the two strongest edges, the strongest first. */
        TWO_EDGES,
        /** The two strongest operations of every edge, the weaker first. */
        EVERY_EDGE
    }

    private record Weighed(Gene gene, double weight) {}

    /** @throws IllegalArgumentException unless a weight can reach the threshold and can fail to */
    static void require(double threshold) {
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException(
                    "threshold must lie strictly between 0 and 1, as the weights of candidates do (was %s)"
                            .formatted(threshold));
        }
    }

    /** Why no cell of a space is read by a threshold. */
    static IllegalArgumentException lacksNoNode(SearchSpace space, String derivation) {
        return new IllegalArgumentException(
                "derivation '%s' leaves out nodes, which a cell of space %s cannot lack: search it with a method that keeps the strongest"
                        .formatted(derivation, space.id()));
    }

    /** Why no cell of NAS-Bench-201 is read by a threshold. */
    static IllegalArgumentException keepsAnyNumber(SearchSpace space, String derivation) {
        return new IllegalArgumentException(
                "derivation '%s' keeps what reaches a threshold, and a cell of space %s has one operation on every edge: search it with a method that keeps the strongest"
                        .formatted(derivation, space.id()));
    }

    @Override
    public Derivation derive(Alphas alphas) {
        return CellReading.derive(space, relaxation, this::cell, alphas);
    }

    /** The cell of these parameters. */
    CellGenotype cell(AlphaMatrix alphas) {
        CellShape shape = space.cell();
        List<Integer> nodes =
                IntStream.range(shape.inputs(), shape.states()).boxed().toList();
        List<List<Gene>> strong = genes(alphas);
        // From the inputs alone: what reads a node that does not exist does not exist either.
        boolean none = strong.stream().flatMap(List::stream).noneMatch(gene -> gene.from() < shape.inputs());
        return CellGenotype.existing(none ? strongest(alphas) : strong, nodes);
    }

    /** What is strong enough, by node, as the authors' programs print it: also on edges from nodes that do not exist. */
    List<List<Gene>> genes(AlphaMatrix alphas) {
        return IntStream.range(0, space.cell().nodes())
                .mapToObj(node -> candidates(node, alphas)
                        .filter(each -> each.weight() >= threshold)
                        .map(Weighed::gene)
                        .toList())
                .toList();
    }

    private Stream<Weighed> candidates(int node, AlphaMatrix alphas) {
        List<Edge> edges = space.cell().edgesOf(node);
        return switch (kept) {
            case TWO_EDGES ->
                edges.stream()
                        .map(edge -> ascending(edge, alphas).reduce(ThresholdRule::earlierIfEqual))
                        .flatMap(Optional::stream)
                        .sorted(Comparator.comparingDouble(Weighed::weight).reversed())
                        .limit(CnnSpace.OPERANDS);
            case EVERY_EDGE ->
                edges.stream().flatMap(edge -> {
                    List<Weighed> weighed = ascending(edge, alphas).toList();
                    return weighed.subList(Math.max(0, weighed.size() - OPERATIONS_PER_EDGE), weighed.size()).stream();
                });
        };
    }

    /** The candidates of an edge that may be derived, the weakest first; stable, so the later of two equals is later. */
    private Stream<Weighed> ascending(Edge edge, AlphaMatrix alphas) {
        double[] weights = relaxation.weights(alphas.row(edge.index()));
        return IntStream.range(0, weights.length)
                .filter(candidate -> CnnSpace.mayBeDerived(space.candidates().get(candidate)))
                .mapToObj(candidate ->
                        new Weighed(new Gene(space.candidates().get(candidate), edge.from()), weights[candidate]))
                .sorted(Comparator.comparingDouble(Weighed::weight));
    }

    private static Weighed earlierIfEqual(Weighed earlier, Weighed later) {
        return later.weight() > earlier.weight() ? later : earlier;
    }

    private List<List<Gene>> strongest(AlphaMatrix alphas) {
        List<List<Weighed>> fromInputs = IntStream.range(0, space.cell().nodes())
                .mapToObj(node -> space.cell().edgesOf(node).stream()
                        .filter(edge -> edge.from() < space.cell().inputs())
                        .flatMap(edge -> ascending(edge, alphas))
                        .toList())
                .toList();
        Weighed best = fromInputs.stream()
                .flatMap(List::stream)
                .reduce(ThresholdRule::earlierIfEqual)
                .orElseThrow();
        return fromInputs.stream()
                .map(of -> of.stream().anyMatch(each -> each == best) ? List.of(best.gene()) : List.<Gene>of())
                .toList();
    }
}
