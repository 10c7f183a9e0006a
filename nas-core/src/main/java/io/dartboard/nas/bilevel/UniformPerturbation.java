package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDManager;
import io.dartboard.nas.provenance.RandomStream;
import io.dartboard.nas.setting.Checks;

/**
 * Mixing weights anywhere within a box around those of the alphas, whose side grows with the epochs: the supernet's weights
 * learn to suit the alphas' neighbourhood, and the loss is smooth there.
 *
 * <p>Source: Chen and Hsieh, <i>Stabilizing Differentiable Architecture Search via Perturbation-based Regularization</i>
 * (SDARTS, arXiv 2002.05283), SDARTS-RS; what is perturbed are mixing weights, which stay weights, as in the
 * authors' code.
 *
 * @param perturbationFrom half the box's side in the first epoch; the authors use 0.03
 * @param perturbationTo what it would reach after the last epoch, in equal steps; the authors use 0.3
 */
public record UniformPerturbation(double perturbationFrom, double perturbationTo) implements AlphaPerturbation {
    public UniformPerturbation {
        Checks.notNegative("perturbationFrom", perturbationFrom);
        Checks.positive("perturbationTo", perturbationTo);
    }

    @Override
    public BilevelPoint perturb(
            NDManager scope, BilevelPoint point, Objective train, RandomStream random, double progress) {
        PerturbationBox box =
                PerturbationBox.around(scope, point, perturbationFrom + (perturbationTo - perturbationFrom) * progress);
        return point.with(box.anywhere(scope, random));
    }
}
