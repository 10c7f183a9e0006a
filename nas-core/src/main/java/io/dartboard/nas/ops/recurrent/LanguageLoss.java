package io.dartboard.nas.ops.recurrent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import io.dartboard.nas.ops.recurrent.LanguageModel.Outputs;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Scalars;

/**
 * The loss of a language model in training: the negative log-likelihood, and two penalties on the cell's outputs.
 *
 * <p>Source: Merity, McCann and Socher, <i>Revisiting Activation Regularization for Language RNNs</i> (arXiv 1708.01009),
 * sections 3.1 and 3.2.
 *
 * @param activation weight of the mean square of the outputs after dropout ({@code alpha} in the authors' code)
 * @param temporal weight of the mean square of their change from step to step, before dropout ({@code beta})
 */
public record LanguageLoss(double activation, double temporal) {
    public LanguageLoss {
        if (!(activation >= 0 && Double.isFinite(activation) && temporal >= 0 && Double.isFinite(temporal))) {
            throw new IllegalArgumentException(
                    "the weights of activation and temporal activation regularization must be 0 or more (were %s and %s)"
                            .formatted(activation, temporal));
        }
    }

    /** Mean negative log-likelihood of the words that follow, in nats; a single number. */
    public static NDArray likelihood(Outputs outputs, DeviceTokens tokens) {
        return outputs.likelihood(tokens.targets());
    }

    /** Adds the penalties to a likelihood. */
    public NDArray penalised(NDArray likelihood, Outputs outputs) {
        NDArray loss = likelihood;
        if (activation > 0) {
            loss = loss.add(Scalars.times(activation(outputs), activation));
        }
        // A single step has no change.
        if (temporal > 0 && outputs.raw().getShape().get(0) > 1) {
            loss = loss.add(Scalars.times(temporal(outputs), temporal));
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
