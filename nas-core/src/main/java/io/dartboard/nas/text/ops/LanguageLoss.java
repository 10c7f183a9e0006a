package io.dartboard.nas.text.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import io.dartboard.nas.provenance.Formerly;
import io.dartboard.nas.setting.Checks;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Scalars;
import io.dartboard.nas.text.ops.LanguageModel.Outputs;

/**
 * The loss of a language model in training: the negative log-likelihood, and two penalties on the cell's outputs.
 *
 * <p>Source: Merity, McCann and Socher, <i>Revisiting Activation Regularization for Language RNNs</i> (arXiv 1708.01009),
 * sections 3.1 and 3.2.
 *
 * @param activationPenalty weight of the mean square of the outputs after dropout ({@code alpha} in the authors' code)
 * @param temporalPenalty weight of the mean square of their change from step to step, before dropout ({@code beta})
 */
public record LanguageLoss(
        @Formerly("activation") double activationPenalty,
        @Formerly("temporal") double temporalPenalty) {
    public LanguageLoss {
        Checks.notNegative("activationPenalty", activationPenalty);
        Checks.notNegative("temporalPenalty", temporalPenalty);
    }

    /** Mean negative log-likelihood of the words that follow, in nats; a single number. */
    public static NDArray likelihood(Outputs outputs, DeviceTokens tokens) {
        return outputs.likelihood(tokens.targets());
    }

    /** Adds the penalties to a likelihood. */
    public NDArray penalised(NDArray likelihood, Outputs outputs) {
        NDArray loss = likelihood;
        if (activationPenalty > 0) {
            loss = loss.add(Scalars.times(activation(outputs), activationPenalty));
        }
        // A single step has no change.
        if (temporalPenalty > 0 && outputs.raw().getShape().get(0) > 1) {
            loss = loss.add(Scalars.times(temporal(outputs), temporalPenalty));
        }
        return loss;
    }

    static NDArray activation(Outputs outputs) {
        return outputs.dropped().square().mean();
    }

    static NDArray temporal(Outputs outputs) {
        NDArray raw = outputs.raw();
        return raw.get(new NDIndex("1:"))
                .sub(raw.get(new NDIndex(":-1")))
                .square()
                .mean();
    }
}
