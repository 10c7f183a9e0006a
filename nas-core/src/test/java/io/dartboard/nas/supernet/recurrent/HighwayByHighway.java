package io.dartboard.nas.supernet.recurrent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.dartboard.nas.ops.recurrent.LanguageModel.Outputs;
import io.dartboard.nas.ops.recurrent.Masks;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.searchspace.RecurrentPrimitive;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The recurrent supernet as the paper writes it, with nothing shared, stacked or hoisted: in each step in time each edge
 * multiplies its own state, each candidate has its own highway, and each product with a softmax weight is added up.
 */
public final class HighwayByHighway {
    private final RecurrentSpace space;
    private final ParameterLayout layout;

    /** Reads weights of the layout of a supernet. */
    public HighwayByHighway(RecurrentSpace space, ParameterLayout layout) {
        this.space = space;
        this.layout = layout;
    }

    /** As {@link RecurrentSupernet#run}. */
    public Outputs run(
            DeviceTokens tokens,
            NDArray hidden,
            NDArray alphas,
            Leaves leaves,
            Masks masks,
            ChannelConstants constants) {
        NDArray table = leaf(leaves, "encoder.weight");
        NDArray words = masks.inputs().apply(masks.words().apply(Functional.embedding(tokens.inputs(), table)));
        NDArray mixture = Functional.softmax(alphas.reshape(space.edgeCount(), space.candidateCount()));
        NDArray h = hidden;
        NDList outputs = new NDList();
        for (long t = 0; t < words.getShape().get(0); t++) {
            h = step(words.get(t), h, mixture, leaves, masks, constants);
            outputs.add(h);
        }
        NDArray raw = NDArrays.stack(outputs);
        NDArray dropped = masks.outputs().apply(raw);
        long width = raw.getShape().get(2);
        NDArray logits =
                dropped.reshape(tokens.count(), width).matMul(table.transpose()).add(leaf(leaves, "decoder.bias"));
        return new Outputs(logits, raw, dropped, h);
    }

    private NDArray step(
            NDArray x, NDArray h, NDArray mixture, Leaves leaves, Masks masks, ChannelConstants constants) {
        NDArray both = masks.cellInputs().apply(x).concat(masks.hidden().apply(h), 1);
        NDList first = both.matMul(leaf(leaves, "rnns.0._W0")).split(2, 1);
        List<NDArray> states = new ArrayList<>();
        states.add(constants.normalize(highway(h, first.get(0), Functional.tanh(first.get(1)))));
        for (int node = 0; node < space.nodes(); node++) {
            NDList terms = new NDList();
            for (Edge edge : space.cell().edgesOf(node)) {
                NDArray state = states.get(edge.from());
                NDList product = masks.hidden()
                        .apply(state)
                        .matMul(leaf(leaves, "rnns.0._Ws." + node))
                        .split(2, 1);
                for (int k = 0; k < space.candidateCount(); k++) {
                    RecurrentPrimitive candidate = space.candidates().get(k);
                    if (candidate != RecurrentPrimitive.NONE) {
                        NDArray value = function(candidate, product.get(1));
                        NDArray weight = mixture.get("{},{}", edge.index(), k).reshape(1);
                        terms.add(highway(state, product.get(0), value).mul(weight));
                    }
                }
            }
            states.add(constants.normalize(terms.stream().reduce(NDArray::add).orElseThrow()));
        }
        NDList nodes = new NDList(states.subList(1, states.size()));
        return NDArrays.stack(nodes).mean(new int[] {0});
    }

    private static NDArray highway(NDArray state, NDArray gate, NDArray value) {
        return state.add(Functional.sigmoid(gate).mul(value.sub(state)));
    }

    private static NDArray function(RecurrentPrimitive candidate, NDArray x) {
        return switch (candidate) {
            case TANH -> Functional.tanh(x);
            case RELU -> Functional.relu(x);
            case SIGMOID -> Functional.sigmoid(x);
            case IDENTITY, NONE -> x;
        };
    }

    private NDArray leaf(Leaves leaves, String name) {
        return leaves.get(indexOf(layout, name));
    }

    private static int indexOf(ParameterLayout layout, String name) {
        List<String> names =
                layout.leaves().stream().map(ParameterLayout.Leaf::name).toList();
        return names.indexOf(name);
    }
}
