package io.dartboard.nas.optim;

import io.dartboard.nas.provenance.Formerly;
import io.dartboard.nas.setting.Checks;

/**
 * How {@link Adam} steps the alphas.
 *
 * @param alphaLearningRate length of a step
 * @param alphaBeta1 decay of the mean of the gradients
 * @param alphaBeta2 decay of the mean of their squares
 * @param alphaWeightDecay L2 decay, added to the gradient
 */
public record AdamSettings(
        @Formerly("learningRate") double alphaLearningRate,
        @Formerly("beta1") double alphaBeta1,
        @Formerly("beta2") double alphaBeta2,
        @Formerly("weightDecay") double alphaWeightDecay) {
    public AdamSettings {
        Checks.positive("alphaLearningRate", alphaLearningRate);
        Checks.share("alphaBeta1", alphaBeta1);
        Checks.share("alphaBeta2", alphaBeta2);
        Checks.notNegative("alphaWeightDecay", alphaWeightDecay);
    }
}
