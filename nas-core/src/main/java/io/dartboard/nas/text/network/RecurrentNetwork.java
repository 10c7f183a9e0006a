package io.dartboard.nas.text.network;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.text.ops.LanguageModel;
import io.dartboard.nas.text.ops.LanguageModel.Outputs;
import io.dartboard.nas.text.ops.Masks;

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
}
