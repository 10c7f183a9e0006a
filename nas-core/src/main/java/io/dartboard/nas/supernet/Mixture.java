package io.dartboard.nas.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.ops.Pass;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.tensor.Functional;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The weight of every candidate on every edge during one pass: the softmax of the alphas, DARTS (arXiv 1806.09055)
 * equation 2. It hands out whole groups of weights, cut from one array: cutting them one by one would be thousands of tiny
 * operations. Used by one thread, for one pass.
 */
final class Mixture {
    private record Width(CellKind kind, List<Bundle> bundles, int channels) {}

    private record Leaving(CellKind kind, List<Integer> candidates) {}

    private final CnnSpace space;
    private final Pass pass;
    private final Map<CellKind, NDArray> softmax = new EnumMap<>(CellKind.class); // (edges, candidates)
    private final Map<Width, NDList> gains = new HashMap<>(); // by candidate and bundle, each (edges * channels)
    private final Map<Leaving, NDList> leaving = new HashMap<>(); // by state, each (edges * candidates)

    /**
     * @param alphas (2 * edges * candidates), normal first
     */
    Mixture(CnnSpace space, NDArray alphas, Pass pass) {
        this.space = space;
        this.pass = pass;
        NDArray rows = alphas.reshape(2L * space.edgeCount(), space.candidateCount());
        NDList halves = Functional.softmax(rows).split(2);
        softmax.put(CellKind.NORMAL, halves.get(0));
        softmax.put(CellKind.REDUCE, halves.get(1));
    }

    /** The weight of a candidate on each edge of a bundle, repeated for every channel: (edges * channels). */
    NDArray gain(CellKind kind, List<Bundle> bundles, Bundle bundle, int candidate, int channels) {
        NDList cut = gains.computeIfAbsent(new Width(kind, bundles, channels), this::gains);
        return cut.get(candidate * bundles.size() + bundle.index());
    }

    /**
     * The weights of some candidates on each edge that leaves a state, in the order of the nodes these lead to: (edges,
     * candidates).
     */
    NDArray leaving(CellKind kind, int state, List<Integer> candidates) {
        NDList cut = leaving.computeIfAbsent(new Leaving(kind, candidates), this::leaving);
        return cut.get(state).reshape(-1, candidates.size());
    }

    private NDList gains(Width width) {
        long edges = space.edgeCount();
        long candidates = space.candidateCount();
        NDArray columns = of(softmax, width.kind()).transpose().reshape(candidates, edges, 1);
        NDArray repeated = columns.broadcast(new Shape(candidates, edges, width.channels()));
        long[] sizes = IntStream.range(0, space.candidateCount())
                .boxed()
                .flatMap(candidate -> width.bundles().stream())
                .mapToLong(bundle -> (long) bundle.width() * width.channels())
                .toArray();
        return cut(repeated.reshape(candidates * edges * width.channels()), sizes);
    }

    private NDList leaving(Leaving some) {
        CellShape cell = space.cell();
        int[] origins = IntStream.range(0, cell.states() - 1).toArray();
        List<Long> places = IntStream.of(origins)
                .boxed()
                .flatMap(state -> IntStream.range(cell.firstNodeOf(state), cell.nodes())
                        .mapToObj(node -> cell.edgeIndex(node, state)))
                .flatMap(edge -> some.candidates().stream().map(each -> (long) edge * space.candidateCount() + each))
                .toList();
        long[] sizes = IntStream.of(origins)
                .mapToLong(state -> (long) (cell.nodes() - cell.firstNodeOf(state))
                        * some.candidates().size())
                .toArray();
        NDArray all = of(softmax, some.kind()).reshape((long) space.edgeCount() * space.candidateCount());
        return cut(pass.pick(all, places), sizes);
    }

    private static NDList cut(NDArray vector, long[] sizes) {
        long[] ends = sizes.clone();
        Arrays.parallelPrefix(ends, Long::sum);
        return ends.length == 1
                ? new NDList(vector)
                : vector.split(LongStream.of(ends).limit(ends.length - 1L).toArray());
    }

    private static <V> V of(Map<CellKind, V> byKind, CellKind kind) {
        V found = byKind.get(kind);
        if (found == null) {
            throw new IllegalStateException("nothing is known of cells of kind " + kind);
        }
        return found;
    }
}
