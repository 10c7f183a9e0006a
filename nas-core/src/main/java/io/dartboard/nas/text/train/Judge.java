package io.dartboard.nas.text.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.nas.text.data.TextColumns;
import io.dartboard.nas.text.data.TextWindow;
import io.dartboard.nas.text.network.RecurrentNetwork;
import io.dartboard.nas.text.ops.LanguageLoss;
import io.dartboard.nas.text.ops.LanguageModel.Outputs;
import io.dartboard.nas.text.ops.Masks;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/**
 * Judges a model by a text, without dropout. The hidden state goes on from window to window, so the length of a window
 * changes nothing but the memory that is needed.
 */
record Judge(RecurrentNetwork network, int bptt) {

    /**
     * Mean loss of a word that is predicted, in nats; nothing if {@code wantsStop} says yes. To be called while recording
     * is paused.
     */
    OptionalDouble loss(NDManager parent, ParameterVector weights, TextColumns text, BooleanSupplier wantsStop) {
        double loss = 0;
        try (NDManager pass = parent.newSubManager()) {
            NDArray hidden = pass.zeros(
                    new Shape(text.columns(), network.model().width()),
                    weights.values().getDataType());
            for (int row = 0; row < text.rows() - 1; row += bptt) {
                if (wantsStop.getAsBoolean()) {
                    return OptionalDouble.empty();
                }
                TextWindow window = text.window(row, bptt);
                try (NDManager scope = pass.newSubManager()) {
                    DeviceTokens tokens = DeviceTokens.of(
                            scope, window.inputs(), window.targets(), window.length(), window.columns());
                    hidden.attach(scope);
                    Outputs outputs = network.run(tokens, hidden, weights.constants(scope), Masks.none());
                    loss += Copy.scalar(LanguageLoss.likelihood(outputs, tokens)) * window.length();
                    hidden = Torch.into(pass, outputs.hidden());
                }
            }
        }
        return OptionalDouble.of(loss / (text.rows() - 1));
    }
}
