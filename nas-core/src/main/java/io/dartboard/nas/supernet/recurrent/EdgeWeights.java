package io.dartboard.nas.supernet.recurrent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.dartboard.nas.searchspace.RecurrentPrimitive;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.tensor.Functional;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The weights of the candidates on all edges into one node during one pass: the softmax of the alphas, DARTS (arXiv
 * 1806.09055) equation 2. They are cut once and serve every step in time.
 *
 * @param byOperation of each candidate but {@code none}, (states, 1, 1)
 * @param all their sum, (states, 1, 1); what it lacks to one is the share of {@code none}
 */
record EdgeWeights(Map<RecurrentPrimitive, NDArray> byOperation, NDArray all) {

    /**
     * Cuts the alphas of a pass.
     *
     * @param alphas (edges * candidates)
     * @return one per node
     */
    static List<EdgeWeights> of(RecurrentSpace space, NDArray alphas) {
        NDArray softmax = Functional.softmax(alphas.reshape(space.edgeCount(), space.candidateCount()));
        long[] cuts = LongStream.range(1, space.nodes())
                .map(node -> space.cell().edgeIndex((int) node, 0))
                .toArray();
        NDList rows = cuts.length == 0 ? new NDList(softmax) : softmax.split(cuts);
        List<EdgeWeights> nodes = new ArrayList<>();
        for (NDArray node : rows) {
            nodes.add(ofNode(space, node));
        }
        return nodes;
    }

    private static EdgeWeights ofNode(RecurrentSpace space, NDArray rows) {
        NDList columns = rows.split(space.candidateCount(), 1);
        long states = rows.getShape().get(0);
        Map<RecurrentPrimitive, NDArray> byOperation = new EnumMap<>(RecurrentPrimitive.class);
        for (int candidate = 0; candidate < columns.size(); candidate++) {
            RecurrentPrimitive primitive = space.candidates().get(candidate);
            if (primitive != RecurrentPrimitive.NONE) {
                byOperation.put(primitive, columns.get(candidate).reshape(states, 1, 1));
            }
        }
        NDArray all = byOperation.values().stream().reduce(NDArray::add).orElseThrow();
        return new EdgeWeights(byOperation, all);
    }
}
