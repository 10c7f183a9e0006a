package io.dartboard.nas.text.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.dartboard.nas.searchspace.RecurrentPrimitive;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.text.ops.LanguageModel.Outputs;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * A pass of a language model as the paper writes it, with nothing shared, stacked or hoisted: in each step in time input
 * and hidden state are multiplied together, and every highway is one of its own.
 */
public record StepByStep(LanguageModel model, Leaves leaves, Masks masks) {

    /**
     * One pass over a window.
     *
     * @param cell what makes the next hidden state of a step's input and the last one
     */
    public Outputs run(DeviceTokens tokens, NDArray hidden, BinaryOperator<NDArray> cell) {
        NDArray table = leaf("encoder.weight");
        NDArray words = masks.inputs().apply(masks.words().apply(Functional.embedding(tokens.inputs(), table)));
        NDArray h = hidden;
        NDList outputs = new NDList();
        for (long t = 0; t < words.getShape().get(0); t++) {
            h = cell.apply(words.get(t), h);
            outputs.add(h);
        }
        NDArray raw = NDArrays.stack(outputs);
        NDArray dropped = masks.outputs().apply(raw);
        return new Outputs(new PlainDecoder(table, leaf("decoder.bias")), raw, dropped, h);
    }

    /** State 0 of a step. */
    public NDArray start(NDArray x, NDArray h) {
        NDArray both = masks.cellInputs().apply(x).concat(masks.hidden().apply(h), 1);
        NDList gateAndValue = both.matMul(leaf("rnns.0._W0")).split(2, 1);
        return highway(h, gateAndValue.get(0), Functional.tanh(gateAndValue.get(1)));
    }

    /** What a node's matrix makes of a state: gate and value, each (B, n). */
    public NDList product(NDArray state, int node) {
        return masks.hidden().apply(state).matMul(leaf("rnns.0._Ws." + node)).split(2, 1);
    }

    /** {@code state + sigmoid(gate) * (value - state)}. */
    public static NDArray highway(NDArray state, NDArray gate, NDArray value) {
        return state.add(Functional.sigmoid(gate).mul(value.sub(state)));
    }

    /** The function of a candidate. */
    public static NDArray function(RecurrentPrimitive candidate, NDArray x) {
        return switch (candidate) {
            case TANH -> Functional.tanh(x);
            case RELU -> Functional.relu(x);
            case SIGMOID -> Functional.sigmoid(x);
            case IDENTITY -> x;
            case NONE -> throw new IllegalArgumentException("none has no function");
        };
    }

    private NDArray leaf(String name) {
        List<String> names =
                model.layout().leaves().stream().map(ParameterLayout.Leaf::name).toList();
        return leaves.get(names.indexOf(name));
    }
}
