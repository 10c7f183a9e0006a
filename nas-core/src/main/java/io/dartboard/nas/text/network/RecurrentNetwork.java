package io.dartboard.nas.text.network;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.genotype.RecurrentGene;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.searchspace.RecurrentPrimitive;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.text.ops.LanguageModel;
import io.dartboard.nas.text.ops.LanguageModel.Outputs;
import io.dartboard.nas.text.ops.Masks;
import java.util.ArrayList;
import java.util.List;

/**
 * The language model of a genotype, as trainings compute it.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 3.2 and appendix A.2.2.
 */
public final class RecurrentNetwork implements DiscreteLanguageModel {
    private final RecurrentGenotype genotype;
    private final LanguageModel model;

    /**
     * Puts a network together.
     *
     * @param vocabulary number of words
     * @param width of embedding and hidden state
     */
    public RecurrentNetwork(RecurrentGenotype genotype, int vocabulary, int width) {
        this.genotype = genotype;
        this.model = new LanguageModel(vocabulary, width, genotype.nodes());
    }

    @Override
    public LanguageModel model() {
        return model;
    }

    @Override
    public Outputs run(DeviceTokens tokens, NDArray hidden, Leaves leaves, Masks masks) {
        return model.run(
                tokens, hidden, leaves, masks, new DiscreteNodes(genotype, model.matrices(leaves), masks.hidden()));
    }

    /**
     * One step in time of an evaluation, as a part of an ONNX graph.
     *
     * @param words 64-bit integers (B)
     * @param hidden the hidden state before it, (B, n)
     */
    LanguageModel.OnnxStep toOnnx(OnnxValue words, OnnxValue hidden, OnnxGraph graph) {
        List<OnnxValue> matrices = model.matrices(graph);
        return model.toOnnx(words, hidden, graph, start -> {
            List<OnnxValue> states = new ArrayList<>(List.of(start));
            for (RecurrentGene gene : genotype.genes()) {
                OnnxValue from = states.get(gene.from());
                List<OnnxValue> gateAndValue = graph.halves(graph.product(from, matrices.get(states.size() - 1)));
                OnnxValue value = function(gene.op(), gateAndValue.get(1), graph);
                states.add(graph.blend(from, graph.sigmoid(gateAndValue.get(0)), value));
            }
            return graph.mean(genotype.concat().stream().map(states::get).toList());
        });
    }

    private static OnnxValue function(RecurrentPrimitive op, OnnxValue x, OnnxGraph graph) {
        return switch (op) {
            case TANH -> graph.tanh(x);
            case RELU -> graph.relu(x);
            case SIGMOID -> graph.sigmoid(x);
            case IDENTITY -> x;
            case NONE -> throw new IllegalStateException("a gene is never none");
        };
    }
}
