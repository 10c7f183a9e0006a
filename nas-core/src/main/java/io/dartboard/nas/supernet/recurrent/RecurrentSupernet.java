package io.dartboard.nas.supernet.recurrent;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.ops.recurrent.LanguageModel;
import io.dartboard.nas.ops.recurrent.LanguageModel.Outputs;
import io.dartboard.nas.ops.recurrent.Masks;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterLayout;

/**
 * The continuous relaxation of every language model whose cell is of a space. It is a description; weights and alphas
 * come with each pass. Statistics are always the batch's, of one step in time.
 *
 * <p>Source: DARTS (arXiv 1806.09055), sections 2.2 and 3.1; sizes and the order of weights from the authors' code.
 */
public final class RecurrentSupernet {
    private final RecurrentSpace space;
    private final LanguageModel model;

    /**
     * Puts a supernet together.
     *
     * @param vocabulary number of words
     * @param width of embedding and hidden state
     */
    public RecurrentSupernet(RecurrentSpace space, int vocabulary, int width) {
        this.space = space;
        this.model = new LanguageModel(vocabulary, width, space.nodes());
    }

    /** Where each weight lies. */
    public ParameterLayout layout() {
        return model.layout();
    }

    /** The space it relaxes. */
    public RecurrentSpace space() {
        return space;
    }

    /** The language model around the cell. */
    public LanguageModel model() {
        return model;
    }

    /**
     * One pass over a window.
     *
     * @param hidden the hidden state before it, (B, n)
     * @param alphas as {@link RecurrentAlphaVector} lays them out
     */
    public Outputs run(
            DeviceTokens tokens,
            NDArray hidden,
            NDArray alphas,
            Leaves leaves,
            Masks masks,
            ChannelConstants constants) {
        MixedNodes nodes =
                new MixedNodes(model.matrices(leaves), EdgeWeights.of(space, alphas), masks.hidden(), constants);
        return model.run(tokens, hidden, leaves, masks, nodes);
    }
}
