package io.dartboard.nas.text.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.dartboard.nas.searchspace.RecurrentPrimitive;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Mask;
import io.dartboard.nas.text.ops.CellBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The nodes of the relaxed cell during one pass. Every later node reads a state, each through its own matrix; these lie
 * side by side, so a state is masked and multiplied once and gives all its readers their share at once. With the edge
 * weights {@code p} and their sum {@code q}, what state {@code s} gives a reader is
 *
 * <pre>
 * sum_k p_k (s + sigmoid(c) (f_k(u) - s)) = q s + sigmoid(c) (sum_k p_k f_k(u) - q s)
 * </pre>
 *
 * <p>and the right side has one highway where the left has one per candidate. What has been given to nodes that are not due
 * yet is carried on, so a node is complete when the state before it has given. Every state is normalised by the statistics
 * of its batch; the one normalisation of the published code has no weights.
 *
 * <p>A pass makes many arrays, and a backward pass needs few of them. The others are closed at once.
 */
final class MixedNodes implements CellBody {
    /** The matrices through which a state is read, side by side: each (n, readers * n). */
    private record Readers(NDArray gates, NDArray values) {}

    private final List<Readers> readers; // by state
    private final List<EdgeWeights> weights; // by state
    private final Mask hidden;
    private final ChannelConstants constants;

    /**
     * The nodes of one pass.
     *
     * @param matrices by node, each (n, 2n)
     * @param weights by state
     */
    MixedNodes(List<NDArray> matrices, List<EdgeWeights> weights, Mask hidden, ChannelConstants constants) {
        this.readers = readers(matrices);
        this.weights = weights;
        this.hidden = hidden;
        this.constants = constants;
    }

    // The halves of a product would be strided, and the derivative of cutting them a copy; two products need no cut.
    private static List<Readers> readers(List<NDArray> matrices) {
        NDList gates = new NDList();
        NDList values = new NDList();
        for (NDArray matrix : matrices) {
            NDList halves = matrix.split(2, 1);
            gates.add(halves.get(0));
            values.add(halves.get(1));
        }
        List<Readers> readers = new ArrayList<>();
        for (int state = 0; state < matrices.size(); state++) {
            readers.add(new Readers(joined(gates.subNDList(state)), joined(values.subNDList(state))));
        }
        return readers;
    }

    // The library copies a single array out of the graph.
    private static NDArray joined(NDList matrices) {
        return matrices.size() == 1 ? matrices.get(0) : NDArrays.concat(matrices, 1);
    }

    @Override
    public NDArray apply(NDArray start) {
        NDList nodes = new NDList();
        NDArray state = constants.normalize(start);
        NDList due = new NDList(); // the next node, and those after it
        for (int from = 0; from < readers.size(); from++) {
            NDArray given = given(from, state);
            if (from > 0) {
                given.addi(due.get(1));
            }
            boolean last = from == readers.size() - 1;
            due = last ? new NDList(given) : given.split(new long[] {1}, 1);
            state = constants.normalize(due.get(0).squeeze(1));
            nodes.add(state);
        }
        return NDArrays.stack(nodes).mean(new int[] {0});
    }

    /** What a state gives its readers, (B, readers, n). */
    private NDArray given(int from, NDArray state) {
        NDList passing = new NDList();
        NDArray read = hidden.apply(state);
        NDArray gate =
                keep(passing, Functional.sigmoid(product(read, readers.get(from).gates(), passing)));
        NDArray values = product(read, readers.get(from).values(), passing);
        EdgeWeights edges = weights.get(from);
        NDArray mixed = keep(passing, mixed(edges, values, passing));
        NDArray kept = keep(passing, keep(passing, state.expandDims(1)).mul(edges.all()));
        NDArray given = mixed.subi(kept).mul(gate).addi(kept);
        passing.close();
        return given;
    }

    /** A state times the matrices of its readers, (B, readers, n). */
    private static NDArray product(NDArray read, NDArray matrices, NDList passing) {
        return keep(
                passing,
                keep(passing, read.matMul(matrices))
                        .reshape(read.getShape().get(0), -1, read.getShape().get(1)));
    }

    /** The candidates' functions of the values, each with its weight. */
    private static NDArray mixed(EdgeWeights edges, NDArray values, NDList passing) {
        NDList sum = new NDList();
        for (Map.Entry<RecurrentPrimitive, NDArray> edge : edges.byOperation().entrySet()) {
            NDArray value =
                    switch (edge.getKey()) {
                        case TANH -> keep(passing, Functional.tanh(values));
                        case RELU -> keep(passing, Functional.relu(values));
                        case SIGMOID -> keep(passing, Functional.sigmoid(values));
                        case IDENTITY -> values;
                        case NONE -> throw new IllegalStateException("none has no function");
                    };
            NDArray term = value.mul(edge.getValue());
            if (sum.isEmpty()) {
                sum.add(term);
            } else {
                sum.get(0).addi(keep(passing, term));
            }
        }
        return sum.get(0);
    }

    private static NDArray keep(NDList passing, NDArray array) {
        passing.add(array);
        return array;
    }
}
