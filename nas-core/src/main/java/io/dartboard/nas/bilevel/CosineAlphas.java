package io.dartboard.nas.bilevel;

import io.dartboard.nas.optim.CosineSchedule;
import io.dartboard.nas.setting.Checks;

/**
 * The learning rate of the alphas falls by a cosine. Source: D-DARTS (Heuillet et al., arXiv 2108.09306), the authors' code.
 *
 * @param alphaLearningRateMin what it would reach one epoch after the last; a rate that is smaller stays as it is
 */
public record CosineAlphas(double alphaLearningRateMin) implements AlphaSchedule {
    public CosineAlphas {
        Checks.notNegative("alphaLearningRateMin", alphaLearningRateMin);
    }

    @Override
    public double rate(double rate, Moment moment) {
        return new CosineSchedule(rate, Math.min(rate, alphaLearningRateMin), moment.epochs())
                .at(Math.min(moment.epoch(), moment.epochs()));
    }
}
