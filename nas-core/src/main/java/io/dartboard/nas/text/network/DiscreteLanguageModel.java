package io.dartboard.nas.text.network;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.text.ops.LanguageModel;
import io.dartboard.nas.text.ops.LanguageModel.Outputs;
import io.dartboard.nas.text.ops.Masks;

/** The language model of one cell. It is a description; weights come with each pass. */
public interface DiscreteLanguageModel {
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
     */
    Outputs run(DeviceTokens tokens, NDArray hidden, Leaves leaves, Masks masks);
}
