package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaLayout.Group;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.ConvolutionalSpace;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.tensor.Splits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The weight of every candidate on every edge during one pass: the relaxed alphas, DARTS (arXiv 1806.09055)
 * equation 2. It hands out whole groups of weights, cut from one array: cutting them one by one would be thousands of tiny
 * operations. Used by one thread, for one pass.
 */
final class Mixture {
    /** A candidate on all edges of a bundle. */
    record Term(int candidate, Bundle bundle) {}

    private record Width(String group, List<Term> terms, int channels) {}

    private record Leaving(String group, List<Shares.Term> terms) {}

    private final ConvolutionalSpace space;
    private final int columns;
    private final Pass pass;
    private final Map<String, NDArray> weights = new HashMap<>(); // by group, each (edges * columns)
    private final Map<String, NDArray> edges =
            new HashMap<>(); // by group that mixes, each (edges), where edges compete
    private final Map<Width, NDList> gains = new HashMap<>(); // by term, each (edges * channels)
    private final Map<Leaving, NDArray> leaving = new HashMap<>(); // each (nodes, terms)

    /**
     * @param columns how many operations are mixed on an edge
     * @param layout of the alphas; every group that mixes has the candidates of the space
     * @param mixture as {@link io.dartboard.nas.bilevel.Mixing} lays it out
     */
    Mixture(ConvolutionalSpace space, int columns, AlphaLayout layout, NDArray mixture, Pass pass) {
        this.space = space;
        this.columns = columns;
        this.pass = pass;
        boolean auxiliary = columns > space.candidateCount();
        long[] sizes = auxiliary
                ? LongStream.concat(LongStream.of(layout.sizes()), LongStream.of(1))
                        .toArray()
                : layout.sizes();
        NDList cut = Splits.of(mixture, sizes);
        List<Group> groups = layout.groups();
        int mixing = layout.ofCandidates().groups().size();
        for (int i = 0; i < mixing; i++) {
            String group = groups.get(i).name();
            NDArray own = auxiliary ? beside(cut.get(i), cut.get(groups.size())) : cut.get(i);
            if (groups.size() == mixing) {
                weights.put(group, own);
            } else {
                // The parameters of the edges lie in the order of the groups whose edges they weigh.
                NDArray ofEdges = EdgeNormalization.weights(space.cell(), cut.get(mixing + i));
                edges.put(group, ofEdges);
                weights.put(
                        group,
                        own.reshape(-1, columns).mul(ofEdges.reshape(-1, 1)).reshape(-1));
            }
        }
    }

    /** The weights of the candidates (edges * candidates), and after those of each edge one (1) more. */
    private NDArray beside(NDArray ofCandidates, NDArray one) {
        NDArray rows = ofCandidates.reshape(-1, space.candidateCount());
        NDArray column = one.reshape(1, 1).broadcast(new Shape(rows.getShape().get(0), 1));
        return NDArrays.concat(new NDList(rows, column), 1).reshape(-1);
    }

    /** The weight of an edge among those into its node, (1), of cells whose edges compete. */
    NDArray weight(String group, Edge edge) {
        NDArray ofEdges = edges.get(group);
        if (ofEdges == null) {
            throw new IllegalStateException("the edges of alphas '%s' do not compete".formatted(group));
        }
        return pass.pick(ofEdges, List.of((long) edge.index()));
    }

    /**
     * The weights of candidates on the edges of bundles, each repeated for every channel: for each term (edges * channels).
     *
     * @param group of the alphas that the cell is mixed by
     * @param terms for which a cell asks; at least one
     */
    NDList gains(String group, List<Term> terms, int channels) {
        return gains.computeIfAbsent(new Width(group, terms, channels), this::gains);
    }

    /**
     * The weights of some candidates on the edges that leave some states, for each node that all of these states lead to:
     * (nodes, terms).
     */
    NDArray leaving(String group, List<Shares.Term> terms) {
        return leaving.computeIfAbsent(new Leaving(group, terms), this::leaving);
    }

    /** The weight of a candidate on an edge: (1). */
    NDArray weight(String group, Edge edge, int candidate) {
        return pass.pick(weights(group), List.of(place(edge.index(), candidate)));
    }

    private NDList gains(Width width) {
        List<Long> places = width.terms().stream()
                .flatMap(term -> term.bundle().edges().stream().map(edge -> place(edge.index(), term.candidate())))
                .toList();
        NDArray columns = pass.pick(weights(width.group()), places).reshape(places.size(), 1);
        NDArray repeated = columns.broadcast(new Shape(places.size(), width.channels()));
        long[] sizes = width.terms().stream()
                .mapToLong(term -> (long) term.bundle().width() * width.channels())
                .toArray();
        return Splits.of(repeated.reshape((long) places.size() * width.channels()), sizes);
    }

    private NDArray leaving(Leaving some) {
        CellShape cell = space.cell();
        int first = some.terms().stream()
                .mapToInt(term -> cell.firstNodeOf(term.state()))
                .max()
                .orElseThrow();
        List<Long> places = IntStream.range(first, cell.nodes())
                .boxed()
                .flatMap(node ->
                        some.terms().stream().map(term -> place(cell.edgeIndex(node, term.state()), term.candidate())))
                .toList();
        return pass.pick(weights(some.group()), places).reshape(-1, some.terms().size());
    }

    private long place(int edge, int candidate) {
        return (long) edge * columns + candidate;
    }

    private NDArray weights(String group) {
        NDArray found = weights.get(group);
        if (found == null) {
            throw new IllegalStateException(
                    "a cell is mixed by alphas '%s', which are not among %s".formatted(group, weights.keySet()));
        }
        return found;
    }
}
