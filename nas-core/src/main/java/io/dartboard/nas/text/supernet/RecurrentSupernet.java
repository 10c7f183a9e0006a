package io.dartboard.nas.text.supernet;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.text.ops.LanguageModel;
import io.dartboard.nas.text.ops.LanguageModel.Outputs;
import io.dartboard.nas.text.ops.Masks;

/**
 * The relaxed language model as searches compute it: what edges share is computed once.
 *
 * <p>Source: DARTS (arXiv 1806.09055), sections 2.2 and 3.1; sizes and the order of weights from the authors' code.
 */
public final class RecurrentSupernet implements RelaxedLanguageModel {
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

    @Override
    public RecurrentSpace space() {
        return space;
    }

    @Override
    public LanguageModel model() {
        return model;
    }

    @Override
    public Outputs run(
            DeviceTokens tokens,
            NDArray hidden,
            NDArray mixture,
            Leaves leaves,
            Masks masks,
            ChannelConstants constants) {
        MixedNodes nodes = new MixedNodes(
                model.matrices(leaves), EdgeWeights.of(space, mixture, constants), masks.hidden(), constants);
        return model.run(tokens, hidden, leaves, masks, nodes);
    }
}
