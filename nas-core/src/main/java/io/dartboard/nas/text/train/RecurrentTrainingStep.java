package io.dartboard.nas.text.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.optim.GradientClip;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.nas.text.data.TextWindow;
import io.dartboard.nas.text.network.DiscreteLanguageModel;
import io.dartboard.nas.text.ops.LanguageLoss;
import io.dartboard.nas.text.ops.LanguageModel.Outputs;
import io.dartboard.nas.text.ops.Masks;

/** One step on one window. */
public record RecurrentTrainingStep(DiscreteLanguageModel network, RecurrentTrainConfig config, RandomStreams streams) {

    /** Forward, backward, clip, update; the sum stays on the device. To be called while recording is paused. */
    public void take(RecurrentTrainingState state, TextWindow window, int epoch, int step, double rate) {
        try (NDManager scope = state.openScope()) {
            NDArray gradient;
            NDArray likelihood;
            NDArray hidden;
            try (NDManager pass = scope.newSubManager();
                    Autograd.Mode recording = Autograd.recording()) {
                Leaves leaves = state.weights().leaves(pass);
                DeviceTokens tokens =
                        DeviceTokens.of(pass, window.inputs(), window.targets(), window.length(), window.columns());
                Outputs outputs = network.run(
                        tokens,
                        Autograd.constant(pass, state.hidden()),
                        leaves,
                        masks(pass, state, window, epoch, step));
                NDArray seen = LanguageLoss.likelihood(outputs, tokens);
                NDArray loss = config.penalties().penalised(seen, outputs);
                gradient = Torch.into(scope, Autograd.gradient(loss, leaves.vector()));
                likelihood = Autograd.constant(scope, seen);
                hidden = Autograd.constant(scope, outputs.hidden());
            }
            GradientClip.globalNorm(gradient, config.gradientClip());
            state.step(gradient, config.learningRate() * rate);
            state.add(likelihood, window.tokens());
            state.leave(hidden);
        }
    }

    /** A try after a rollback draws other masks, for the same ones would lead to the same place. */
    private Masks masks(NDManager pass, RecurrentTrainingState state, TextWindow window, int epoch, int step) {
        String purpose = state.rollbacks() == 0 ? "masks" : "masks-" + state.rollbacks();
        return Masks.draw(
                pass,
                streams.stream(purpose, epoch, step),
                config.dropouts(),
                window.inputs(),
                window.columns(),
                network.model().vocabulary(),
                config.width(),
                DataType.FLOAT32);
    }
}
