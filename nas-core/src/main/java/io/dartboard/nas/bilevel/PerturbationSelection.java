package io.dartboard.nas.bilevel;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.derive.Projection;
import io.dartboard.nas.derive.Projection.EdgeDecided;
import io.dartboard.nas.derive.Projection.NodeDecided;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Perturbation-based architecture selection: what a supernet misses most is kept. Of an edge, drawn among those not decided, each
 * candidate is left out in turn, and the one without which the validation accuracy is lowest is kept. Once every edge is
 * decided it is the edges into a node that are left out one by one. What is left out weighs 0, and the others as much as before.
 *
 * <p>Equal accuracies, which are common on few images, are told apart by the greater loss, and then the earlier is kept; on a
 * text it is the loss alone that counts. The edge of a round is a function of seed, round and group.
 *
 * <p>Source: Wang et al., <i>Rethinking Architecture Selection in Differentiable NAS</i> (DARTS-PT, arXiv 2108.04392), algorithm
 * 1.
 */
record PerturbationSelection(SearchSpace space, AlphaLayout layout, RandomStreams streams) {
    private static final Comparator<Fit> MOST_MISSED = Comparator.comparingDouble(
                    (Fit without) -> without.accuracy().orElse(0))
            .thenComparing(Comparator.comparingDouble(Fit::loss).reversed());

    /** How well a supernet does that is mixed by given weights. */
    @FunctionalInterface
    interface Measure {
        /**
         * Measures it on the validation half.
         *
         * @param mixture one weight for each alpha, as the layout has it
         * @return empty if the search shall stop first
         */
        Optional<Fit> of(float[] mixture);
    }

    /**
     * Decides the edge, or the node, of a round in every group of alphas; what is decided in one holds when the next is.
     *
     * @param round from 0
     * @param before what is decided so far
     * @param weights the mixing weights of the supernet, as the layout has them
     * @return empty if the search shall stop first
     */
    Optional<Projection> decide(int round, Projection before, float[] weights, Measure measure) {
        Projection decided = before;
        for (int place = 0; place < layout.groups().size(); place++) {
            String group = layout.groups().get(place).name();
            float[] mixture = decided.over(space, layout, weights);
            Optional<Projection> next = round < space.edgeCount()
                    ? edge(open(round, place, group, decided), group, decided, mixture, measure)
                    : node(openNode(round, place, group, decided), group, decided, mixture, measure);
            if (next.isEmpty()) {
                return next;
            }
            decided = next.get();
        }
        return Optional.of(decided);
    }

    private int open(int round, int place, String group, Projection decided) {
        return drawn("projection-edge", round, place, space.edgeCount(), edge -> !decided.decides(group, edge));
    }

    private int openNode(int round, int place, String group, Projection decided) {
        return drawn(
                "projection-node",
                round,
                place,
                space.cell().nodes(),
                node -> ProjectionPlan.isCut(space, node) && !decided.decidesEdgesOf(group, node));
    }

    private int drawn(String purpose, int round, int place, int count, IntPredicate isOpen) {
        int[] open = IntStream.range(0, count).filter(isOpen).toArray();
        return open[streams.stream(purpose, round, place).nextInt(open.length)];
    }

    private Optional<Projection> edge(int edge, String group, Projection decided, float[] mixture, Measure measure) {
        int row = Projection.row(layout, group, edge);
        List<Integer> candidates = space.derivable();
        List<Fit> without = new ArrayList<>();
        for (int candidate : candidates) {
            float[] left = mixture.clone();
            left[row + candidate] = 0;
            Optional<Fit> fit = measure.of(left);
            if (fit.isEmpty()) {
                return Optional.empty();
            }
            without.add(fit.get());
        }
        int kept = candidates.get(mostMissed(without).get(0));
        return Optional.of(decided.with(new EdgeDecided(group, edge, kept, losses(without), accuracies(without))));
    }

    private Optional<Projection> node(int node, String group, Projection decided, float[] mixture, Measure measure) {
        List<Integer> edges =
                space.cell().edgesOf(node).stream().map(Edge::index).toList();
        List<Fit> without = new ArrayList<>();
        for (int edge : edges) {
            float[] left = mixture.clone();
            int row = Projection.row(layout, group, edge);
            Arrays.fill(left, row, row + space.candidateCount(), 0);
            Optional<Fit> fit = measure.of(left);
            if (fit.isEmpty()) {
                return Optional.empty();
            }
            without.add(fit.get());
        }
        List<Integer> kept = mostMissed(without).subList(0, space.edgesKept(node)).stream()
                .map(edges::get)
                .sorted()
                .toList();
        return Optional.of(decided.with(new NodeDecided(group, node, kept, losses(without), accuracies(without))));
    }

    /** Places in a list, what is missed most first. */
    private static List<Integer> mostMissed(List<Fit> without) {
        return IntStream.range(0, without.size())
                .boxed()
                .sorted(Comparator.comparing(without::get, MOST_MISSED))
                .toList();
    }

    private static List<Double> losses(List<Fit> fits) {
        return fits.stream().map(Fit::loss).toList();
    }

    private static List<Double> accuracies(List<Fit> fits) {
        return fits.stream().flatMap(fit -> fit.accuracy().stream().boxed()).toList();
    }
}
