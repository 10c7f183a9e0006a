package io.dartboard.nas.text.supernet;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.text.ops.LanguageModel;
import io.dartboard.nas.text.ops.LanguageModel.Outputs;
import io.dartboard.nas.text.ops.Masks;

/**
 * The continuous relaxation of every language model whose cell is of a space. It is a description; weights and alphas come
 * with each pass. Statistics are always the batch's, of one step in time.
 */
public interface RelaxedLanguageModel {
    /** The space it relaxes. */
    RecurrentSpace space();

    /** The language model around the cell. */
    LanguageModel model();

    /** Where each weight lies. */
    default ParameterLayout layout() {
        return model().layout();
    }

    /**
     * One pass over a window.
     *
     * @param hidden the hidden state before it, (B, n)
     * @param mixture the weights of the candidates, (edges * candidates), row-major
     */
    Outputs run(
            DeviceTokens tokens,
            NDArray hidden,
            NDArray mixture,
            Leaves leaves,
            Masks masks,
            ChannelConstants constants);
}
