package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Splits;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The weight of every candidate on every edge during one pass: the softmax of the alphas, DARTS (arXiv 1806.09055)
 * equation 2. It hands out whole groups of weights, cut from one array: cutting them one by one would be thousands of tiny
 * operations. Used by one thread, for one pass.
 */
final class Mixture {
    private record Width(CellKind kind, List<Integer> candidates, List<Bundle> bundles, int channels) {}

    private record Leaving(CellKind kind, List<Integer> states, List<Integer> candidates) {}

    private final CnnSpace space;
    private final Pass pass;
    private final Map<CellKind, NDArray> softmax = new EnumMap<>(CellKind.class); // (edges * candidates)
    private final Map<Width, NDList> gains = new HashMap<>(); // by candidate and bundle, each (edges * channels)
    private final Map<Leaving, NDArray> leaving = new HashMap<>(); // each (nodes, states * candidates)

    /**
     * @param alphas (2 * edges * candidates), normal first
     */
    Mixture(CnnSpace space, NDArray alphas, Pass pass) {
        this.space = space;
        this.pass = pass;
        NDArray rows = alphas.reshape(2L * space.edgeCount(), space.candidateCount());
        NDList halves = Functional.softmax(rows).reshape(alphas.getShape()).split(2);
        softmax.put(CellKind.NORMAL, halves.get(0));
        softmax.put(CellKind.REDUCE, halves.get(1));
    }

    /**
     * The weight of a candidate on each edge of a bundle, repeated for every channel: (edges * channels).
     *
     * @param candidates those for which a cell asks
     * @param bundles of the cell
     */
    NDArray gain(
            CellKind kind, List<Integer> candidates, int candidate, List<Bundle> bundles, Bundle bundle, int channels) {
        NDList cut = gains.computeIfAbsent(new Width(kind, candidates, bundles, channels), this::gains);
        return cut.get(candidates.indexOf(candidate) * bundles.size() + bundle.index());
    }

    /**
     * The weights of some candidates on the edges that leave some states, for each node that all of these states lead to:
     * (nodes, states * candidates).
     */
    NDArray leaving(CellKind kind, List<Integer> states, List<Integer> candidates) {
        return leaving.computeIfAbsent(new Leaving(kind, states, candidates), this::leaving);
    }

    /** The weight of a candidate on an edge: (1). */
    NDArray weight(CellKind kind, Edge edge, int candidate) {
        return pass.pick(softmax(kind), List.of(place(edge.index(), candidate)));
    }

    private NDList gains(Width width) {
        long edges = space.edgeCount();
        long candidates = width.candidates().size();
        List<Long> places = width.candidates().stream()
                .flatMap(candidate -> IntStream.range(0, space.edgeCount()).mapToObj(edge -> place(edge, candidate)))
                .toList();
        NDArray columns = pass.pick(softmax(width.kind()), places).reshape(candidates, edges, 1);
        NDArray repeated = columns.broadcast(new Shape(candidates, edges, width.channels()));
        long[] sizes = width.candidates().stream()
                .flatMap(candidate -> width.bundles().stream())
                .mapToLong(bundle -> (long) bundle.width() * width.channels())
                .toArray();
        return Splits.of(repeated.reshape(candidates * edges * width.channels()), sizes);
    }

    private NDArray leaving(Leaving some) {
        CellShape cell = space.cell();
        int first = some.states().stream().mapToInt(cell::firstNodeOf).max().orElseThrow();
        List<Long> places = IntStream.range(first, cell.nodes())
                .boxed()
                .flatMap(node -> some.states().stream().map(state -> cell.edgeIndex(node, state)))
                .flatMap(edge -> some.candidates().stream().map(candidate -> place(edge, candidate)))
                .toList();
        long columns = (long) some.states().size() * some.candidates().size();
        return pass.pick(softmax(some.kind()), places).reshape(-1, columns);
    }

    private long place(int edge, int candidate) {
        return (long) edge * space.candidateCount() + candidate;
    }

    private NDArray softmax(CellKind kind) {
        NDArray found = softmax.get(kind);
        if (found == null) {
            throw new IllegalStateException("nothing is known of cells of kind " + kind);
        }
        return found;
    }
}
