package io.dartboard.nas.hypergradient.recurrent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.ops.recurrent.LanguageLoss;
import io.dartboard.nas.ops.recurrent.LanguageModel.Outputs;
import io.dartboard.nas.ops.recurrent.Masks;
import io.dartboard.nas.supernet.recurrent.RecurrentAlphaVector;
import io.dartboard.nas.supernet.recurrent.RelaxedLanguageModel;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterVector;

/**
 * Where the search for a recurrent cell stands: a network with its weights {@code w} and its alphas.
 *
 * @param constants on the device of both
 */
public record RecurrentPoint(
        RelaxedLanguageModel supernet,
        ParameterVector weights,
        RecurrentAlphaVector alphas,
        ChannelConstants constants) {

    /** Draws the masks of a pass into its scope. */
    @FunctionalInterface
    public interface MaskSource {
        /**
         * The masks of a pass.
         *
         * @param pass 0 for the same masks each time; any other number for masks of that pass alone
         */
        Masks draw(NDManager scope, int pass);

        /** Drops nothing. */
        static MaskSource none() {
            return (scope, pass) -> Masks.none();
        }
    }

    /**
     * One half of the bilevel problem in one step: a window of its text, and the hidden state that the windows before it
     * have left.
     *
     * @param hidden (B, n)
     */
    public record Half(DeviceTokens tokens, NDArray hidden, MaskSource masks) {}

    /**
     * What a pass yields.
     *
     * @param likelihood mean negative log-likelihood of the half's window, a single number
     */
    public record Seen(Outputs outputs, NDArray likelihood) {}

    /** A pass over a half with given weights and alphas; all it makes lies in the scope. */
    public Seen see(NDManager scope, Half half, int pass, Leaves leaves, NDArray alphaValues) {
        DeviceTokens tokens = new DeviceTokens(
                Autograd.constant(scope, half.tokens().inputs()),
                Autograd.constant(scope, half.tokens().targets()));
        NDArray hidden = Autograd.constant(scope, half.hidden());
        Masks masks = half.masks().draw(scope, pass);
        Outputs outputs = supernet.run(tokens, hidden, alphaValues, leaves, masks, constants);
        return new Seen(outputs, LanguageLoss.likelihood(outputs, tokens));
    }
}
