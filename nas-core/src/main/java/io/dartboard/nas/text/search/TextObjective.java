package io.dartboard.nas.text.search;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.bilevel.Objective;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.text.ops.LanguageLoss;
import io.dartboard.nas.text.ops.LanguageModel.Outputs;
import io.dartboard.nas.text.ops.Masks;
import io.dartboard.nas.text.supernet.RelaxedLanguageModel;

/**
 * The mean negative log-likelihood of a window of text, and penalties on the cell's outputs, which are differentiated and
 * not told. Beside it stands the hidden state for the next window, (B, n).
 *
 * @param hidden the hidden state that the windows before have left, (B, n)
 * @param draw 0 for the masks of the step, any other number for masks of that draw
 * @param constants on the device and of the precision of the weights
 */
public record TextObjective(
        RelaxedLanguageModel model,
        DeviceTokens tokens,
        NDArray hidden,
        MaskSource masks,
        int draw,
        LanguageLoss penalties,
        ChannelConstants constants)
        implements Objective {

    /** That outputs are not penalised. */
    public static final LanguageLoss NO_PENALTIES = new LanguageLoss(0, 0);

    /** Draws the masks of a pass into its scope: the same for the same draw. */
    @FunctionalInterface
    public interface MaskSource {
        /** The masks of a draw. */
        Masks draw(NDManager scope, int draw);

        /** Drops nothing. */
        static MaskSource none() {
            return (scope, draw) -> Masks.none();
        }
    }

    @Override
    public Seen see(NDManager pass, Leaves weights, NDArray mixture) {
        DeviceTokens local =
                new DeviceTokens(Autograd.constant(pass, tokens.inputs()), Autograd.constant(pass, tokens.targets()));
        NDArray before = Autograd.constant(pass, hidden);
        Outputs outputs = model.run(local, before, mixture, weights, masks.draw(pass, draw), constants);
        NDArray likelihood = LanguageLoss.likelihood(outputs, local);
        return new Seen(penalties.penalised(likelihood, outputs), likelihood, new NDList(outputs.hidden()));
    }

    @Override
    public Objective redrawn(int other) {
        return new TextObjective(model, tokens, hidden, masks, other, penalties, constants);
    }
}
