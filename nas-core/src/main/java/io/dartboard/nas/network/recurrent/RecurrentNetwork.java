package io.dartboard.nas.network.recurrent;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.ops.recurrent.LanguageModel;
import io.dartboard.nas.ops.recurrent.LanguageModel.Outputs;
import io.dartboard.nas.ops.recurrent.Masks;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterLayout;

/**
 * The language model of a genotype. It is a description; weights come with each pass.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 3.2 and appendix A.2.2.
 */
public final class RecurrentNetwork {
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

    /** Where each weight lies. */
    public ParameterLayout layout() {
        return model.layout();
    }

    /** The language model around the cell. */
    public LanguageModel model() {
        return model;
    }

    /**
     * One pass over a window.
     *
     * @param hidden the hidden state before it, (B, n)
     */
    public Outputs run(DeviceTokens tokens, NDArray hidden, Leaves leaves, Masks masks) {
        return model.run(
                tokens, hidden, leaves, masks, new DiscreteNodes(genotype, model.matrices(leaves), masks.hidden()));
    }
}
