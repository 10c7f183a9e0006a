package io.dartboard.nas.bilevel;

import io.dartboard.nas.optim.AdamSettings;

/**
 * How weights and alphas are stepped.
 *
 * @param momentum of the weights' SGD
 * @param weightDecay of the weights
 * @param gradientClip largest L2 norm of the weight gradient
 * @param clipsInnerStep whether the step of the weights that a hypergradient looks at is clipped, too
 * @param alphas of the alphas
 */
public record SearchOptimisers(
        double momentum, double weightDecay, double gradientClip, boolean clipsInnerStep, AdamSettings alphas) {

    /** Largest L2 norm of the gradient in the step that a hypergradient looks at. */
    double innerClip() {
        return clipsInnerStep ? gradientClip : InnerStep.UNBOUNDED;
    }
}
