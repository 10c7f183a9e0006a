package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import io.dartboard.nas.provenance.RandomStream;
import io.dartboard.nas.setting.Checks;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Torch;

/**
 * Mixing weights within a box around those of the alphas, at which the training loss is large: projected gradient ascent from
 * anywhere in the box, by the signs of the gradient. The box grows with the epochs.
 *
 * <p>Source: Chen and Hsieh, <i>Stabilizing Differentiable Architecture Search via Perturbation-based Regularization</i>
 * (SDARTS, arXiv 2002.05283), SDARTS-ADV; what is perturbed are mixing weights, which stay weights, as in the
 * authors' code.
 *
 * @param perturbationFrom half the box's side in the first epoch; the authors use 0.03
 * @param perturbationTo what it would reach after the last epoch, in equal steps; the authors use 0.3
 * @param perturbationSteps of the ascent, each of twice the half side by their number; the authors use 7
 */
public record AdversarialPerturbation(double perturbationFrom, double perturbationTo, int perturbationSteps)
        implements AlphaPerturbation {
    public AdversarialPerturbation {
        Checks.notNegative("perturbationFrom", perturbationFrom);
        Checks.positive("perturbationTo", perturbationTo);
        Checks.atLeast("perturbationSteps", perturbationSteps, 1, "so that the loss is climbed");
    }

    @Override
    public BilevelPoint perturb(
            NDManager scope, BilevelPoint point, Objective train, RandomStream random, double progress) {
        PerturbationBox box =
                PerturbationBox.around(scope, point, perturbationFrom + (perturbationTo - perturbationFrom) * progress);
        NDArray at = box.anywhere(scope, random);
        for (int step = 0; step < perturbationSteps; step++) {
            try (NDManager way = scope.newSubManager()) {
                NDArray start = Autograd.constant(way, at);
                NDArray slope = point.with(start)
                        .differentiate(way, train, Wanted.ALPHAS)
                        .alphaGradient();
                at = Torch.into(scope, box.climb(start, slope.sign(), 2.0 / perturbationSteps));
            }
        }
        return point.with(at);
    }
}
