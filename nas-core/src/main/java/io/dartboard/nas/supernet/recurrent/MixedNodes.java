package io.dartboard.nas.supernet.recurrent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.dartboard.nas.ops.recurrent.CellBody;
import io.dartboard.nas.ops.recurrent.Mask;
import io.dartboard.nas.searchspace.RecurrentPrimitive;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Functional;
import java.util.List;
import java.util.Map;

/**
 * The nodes of the relaxed cell during one pass. Node i reads every state before it through its one matrix, so those
 * states are stacked and multiplied at once; with the edge weights {@code p} and their sum {@code q} it is
 *
 * <pre>
 * sum_j sum_k p_jk (s_j + sigmoid(c_j) (f_k(u_j) - s_j)) = sum_j q_j s_j + sigmoid(c_j) (sum_k p_jk f_k(u_j) - q_j s_j)
 * </pre>
 *
 * <p>and the right side has one highway per state where the left has one per state and candidate. Every state is
 * normalised by the statistics of its batch; the one normalisation of the published code has no weights.
 *
 * <p>A pass makes many arrays, and a backward pass needs few of them. The others are closed at once.
 */
final class MixedNodes implements CellBody {
    private final List<NDArray> matrices; // each (n, 2n)
    private final List<EdgeWeights> weights; // by node
    private final Mask hidden;
    private final ChannelConstants constants;

    MixedNodes(List<NDArray> matrices, List<EdgeWeights> weights, Mask hidden, ChannelConstants constants) {
        this.matrices = matrices;
        this.weights = weights;
        this.hidden = hidden;
        this.constants = constants;
    }

    @Override
    public NDArray apply(NDArray start) {
        NDArray states = constants.normalize(start).expandDims(0); // (states, B, n)
        NDList nodes = new NDList();
        for (int node = 0; node < matrices.size(); node++) {
            if (node > 0) {
                states = NDArrays.concat(new NDList(states, nodes.get(node - 1).expandDims(0)), 0);
            }
            nodes.add(constants.normalize(node(node, states)));
        }
        return NDArrays.stack(nodes).mean(new int[] {0});
    }

    private NDArray node(int node, NDArray states) {
        long count = states.getShape().get(0);
        long batch = states.getShape().get(1);
        long width = states.getShape().get(2);
        EdgeWeights edges = weights.get(node);
        NDList passing = new NDList();
        NDArray read = keep(passing, hidden.apply(states).reshape(count * batch, width));
        NDArray flat = keep(passing, read.matMul(matrices.get(node)));
        NDArray product = keep(passing, flat.reshape(count, batch, 2 * width));
        NDList halves = keep(passing, product.split(2, 2));
        // The gate's half wants the sigmoid, and so does one candidate of the other half.
        NDList sigmoids =
                keep(passing, keep(passing, Functional.sigmoid(product)).split(2, 2));
        NDArray mixed = keep(passing, mixed(edges, halves.get(1), sigmoids.get(1), passing));
        NDArray weighted = keep(passing, states.mul(edges.all()));
        NDArray change = keep(passing, mixed.subi(weighted).mul(sigmoids.get(0)));
        NDArray sum = change.addi(weighted).sum(new int[] {0});
        passing.close();
        return sum;
    }

    /** The candidates' functions of the values, each with its weight. */
    private static NDArray mixed(EdgeWeights edges, NDArray values, NDArray sigmoid, NDList passing) {
        NDList sum = new NDList();
        for (Map.Entry<RecurrentPrimitive, NDArray> edge : edges.byOperation().entrySet()) {
            NDArray value =
                    switch (edge.getKey()) {
                        case TANH -> keep(passing, Functional.tanh(values));
                        case RELU -> keep(passing, Functional.relu(values));
                        case SIGMOID -> sigmoid;
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

    private static NDList keep(NDList passing, NDList arrays) {
        passing.addAll(arrays);
        return arrays;
    }

    private static NDArray keep(NDList passing, NDArray array) {
        passing.add(array);
        return array;
    }
}
