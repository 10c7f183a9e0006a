package io.dartboard.nas.text.supernet;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.searchspace.RecurrentPrimitive;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.tensor.ChannelConstants;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The weights of the candidates on all edges out of a state during one pass: the relaxed alphas, DARTS (arXiv
 * 1806.09055) equation 2. They are picked once and serve every step in time.
 *
 * @param byOperation of each candidate but {@code none}, (readers, 1), by the node that reads the state
 * @param all their sum, (readers, 1); what it lacks to the sum of all is the share of {@code none}
 */
record EdgeWeights(Map<RecurrentPrimitive, NDArray> byOperation, NDArray all) {

    /**
     * Picks the weights of a pass.
     *
     * @param weights (edges * candidates)
     * @return one per state that is read
     */
    static List<EdgeWeights> of(RecurrentSpace space, NDArray weights, ChannelConstants constants) {
        List<EdgeWeights> states = new ArrayList<>();
        for (int state = 0; state < space.nodes(); state++) {
            states.add(ofState(space, weights, state, constants));
        }
        return states;
    }

    private static EdgeWeights ofState(RecurrentSpace space, NDArray weights, int state, ChannelConstants constants) {
        Map<RecurrentPrimitive, NDArray> byOperation = new EnumMap<>(RecurrentPrimitive.class);
        for (int candidate = 0; candidate < space.candidateCount(); candidate++) {
            RecurrentPrimitive primitive = space.candidates().get(candidate);
            if (primitive != RecurrentPrimitive.NONE) {
                byOperation.put(
                        primitive,
                        constants.pick(weights, places(space, state, candidate)).reshape(-1, 1));
            }
        }
        NDArray all = byOperation.values().stream().reduce(NDArray::add).orElseThrow();
        return new EdgeWeights(byOperation, all);
    }

    private static List<Long> places(RecurrentSpace space, int state, int candidate) {
        return IntStream.range(state, space.nodes())
                .mapToObj(node -> (long) space.cell().edgeIndex(node, state) * space.candidateCount() + candidate)
                .toList();
    }
}
