package io.dartboard.nas.text.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.searchspace.RecurrentPrimitive;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Mask;
import io.dartboard.nas.text.ops.CellBody;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The nodes of a discrete cell during one pass: node i with function f and predecessor j is
 * {@code s = s_j + sigmoid(c) (f(u) - s_j)}, where {@code [c | u] = (s_j * mask) W_i}. The matrices of all nodes that read
 * one state lie side by side, so a state is multiplied once.
 */
final class DiscreteNodes implements CellBody {
    /**
     * Who reads a state.
     *
     * @param nodes in order, as states
     * @param matrix theirs, side by side: (n, 2n * nodes)
     */
    private record Readers(List<Integer> nodes, NDArray matrix) {}

    private final RecurrentGenotype genotype;
    private final List<Readers> readers = new ArrayList<>(); // by state, as far as anything reads
    private final List<Integer> read = new ArrayList<>(); // the states of the readers
    private final Mask hidden;

    DiscreteNodes(RecurrentGenotype genotype, List<NDArray> matrices, Mask hidden) {
        this.genotype = genotype;
        this.hidden = hidden;
        for (int state = 0; state < genotype.nodes(); state++) {
            int from = state;
            List<Integer> nodes = IntStream.rangeClosed(1, genotype.nodes())
                    .filter(node -> genotype.genes().get(node - 1).from() == from)
                    .boxed()
                    .toList();
            if (!nodes.isEmpty()) {
                NDList theirs = new NDList();
                nodes.forEach(node -> theirs.add(matrices.get(node - 1)));
                readers.add(new Readers(nodes, theirs.size() == 1 ? theirs.get(0) : NDArrays.concat(theirs, 1)));
                read.add(state);
            }
        }
    }

    @Override
    public NDArray apply(NDArray start) {
        NDArray[] states = new NDArray[genotype.nodes() + 1];
        states[0] = start;
        for (int i = 0; i < readers.size(); i++) {
            // A node reads an earlier state, so whatever this state is made of has been made.
            apply(states[read.get(i)], readers.get(i), states);
        }
        NDList outputs = new NDList();
        genotype.concat().forEach(state -> outputs.add(states[state]));
        return NDArrays.stack(outputs).mean(new int[] {0});
    }

    private void apply(NDArray state, Readers readers, NDArray[] states) {
        NDArray product = hidden.apply(state).matMul(readers.matrix());
        NDList halves = product.split(2L * readers.nodes().size(), 1); // gate, value, gate, value, ...
        for (int i = 0; i < readers.nodes().size(); i++) {
            int node = readers.nodes().get(i);
            NDArray gate = Functional.sigmoid(halves.get(2 * i));
            NDArray value = function(genotype.genes().get(node - 1).op(), halves.get(2 * i + 1));
            states[node] = state.add(gate.mul(value.sub(state)));
        }
    }

    private static NDArray function(RecurrentPrimitive op, NDArray x) {
        return switch (op) {
            case TANH -> Functional.tanh(x);
            case RELU -> Functional.relu(x);
            case SIGMOID -> Functional.sigmoid(x);
            case IDENTITY -> x;
            case NONE -> throw new IllegalStateException("a gene is never none");
        };
    }
}
