package io.dartboard.nas.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.tensor.Functional;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * The weight of every candidate on every edge during one pass: the softmax of the alphas, DARTS (arXiv 1806.09055)
 * equation 2. Used by one thread, for one pass.
 */
final class Mixture {
    private record Width(CellKind kind, int channels) {}

    private final CnnSpace space;
    private final Map<CellKind, NDArray> softmax = new EnumMap<>(CellKind.class); // (edges * candidates, 1)
    private final Map<CellKind, NDList> weights = new EnumMap<>(CellKind.class); // each (1, 1)
    private final Map<Width, NDList> gains = new HashMap<>(); // each (channels)

    /**
     * @param alphas (2 * edges * candidates), normal first
     */
    Mixture(CnnSpace space, NDArray alphas) {
        this.space = space;
        int perCell = space.edgeCount() * space.candidateCount();
        NDArray rows = alphas.reshape(2L * space.edgeCount(), space.candidateCount());
        NDList halves = Functional.softmax(rows).reshape(2L * perCell, 1).split(2);
        softmax.put(CellKind.NORMAL, halves.get(0));
        softmax.put(CellKind.REDUCE, halves.get(1));
    }

    /** The weight of a candidate, one value that broadcasts over any tensor. */
    NDArray weight(CellKind kind, int edge, int candidate) {
        return weights.computeIfAbsent(kind, k -> softmax(k).split(rows())).get(row(edge, candidate));
    }

    /** The weight of a candidate repeated for every channel, (channels): the gain of a normalisation. */
    NDArray gain(CellKind kind, int edge, int candidate, int channels) {
        return gains.computeIfAbsent(new Width(kind, channels), this::gains).get(row(edge, candidate));
    }

    private NDList gains(Width width) {
        NDArray repeated = softmax(width.kind()).broadcast(new Shape(rows(), width.channels()));
        return repeated.reshape((long) rows() * width.channels()).split(rows());
    }

    private NDArray softmax(CellKind kind) {
        NDArray found = softmax.get(kind);
        if (found == null) {
            throw new IllegalStateException("no mixture for cells of kind " + kind);
        }
        return found;
    }

    private int row(int edge, int candidate) {
        return edge * space.candidateCount() + candidate;
    }

    private int rows() {
        return space.edgeCount() * space.candidateCount();
    }
}
