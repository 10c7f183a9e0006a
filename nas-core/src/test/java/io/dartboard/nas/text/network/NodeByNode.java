package io.dartboard.nas.text.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.dartboard.nas.genotype.RecurrentGene;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.text.ops.LanguageModel;
import io.dartboard.nas.text.ops.LanguageModel.Outputs;
import io.dartboard.nas.text.ops.Masks;
import io.dartboard.nas.text.ops.StepByStep;
import java.util.ArrayList;
import java.util.List;

/** The language model of a genotype as the paper writes it: each node multiplies the state that it reads. */
public final class NodeByNode implements DiscreteLanguageModel {
    private final RecurrentGenotype genotype;
    private final LanguageModel model;

    /** Its weights lie where those of the {@link RecurrentNetwork} lie. */
    public NodeByNode(RecurrentGenotype genotype, int vocabulary, int width) {
        this.genotype = genotype;
        this.model = new LanguageModel(vocabulary, width, genotype.genes().size());
    }

    @Override
    public LanguageModel model() {
        return model;
    }

    @Override
    public Outputs run(DeviceTokens tokens, NDArray hidden, Leaves leaves, Masks masks) {
        StepByStep pass = new StepByStep(model, leaves, masks);
        return pass.run(tokens, hidden, (x, h) -> step(x, h, pass));
    }

    private NDArray step(NDArray x, NDArray h, StepByStep pass) {
        List<NDArray> states = new ArrayList<>();
        states.add(pass.start(x, h));
        for (int node = 0; node < genotype.genes().size(); node++) {
            RecurrentGene gene = genotype.genes().get(node);
            NDArray state = states.get(gene.from());
            NDList product = pass.product(state, node);
            NDArray value = StepByStep.function(gene.op(), product.get(1));
            states.add(StepByStep.highway(state, product.get(0), value));
        }
        NDList outputs = new NDList();
        genotype.concat().forEach(state -> outputs.add(states.get(state)));
        return NDArrays.stack(outputs).mean(new int[] {0});
    }
}
