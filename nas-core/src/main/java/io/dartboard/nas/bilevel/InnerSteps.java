package io.dartboard.nas.bilevel;

import io.dartboard.nas.setting.Checks;

/**
 * The weights take several steps for each one of the alphas, so that they are nearer to the best ones when a hypergradient
 * takes them for these.
 *
 * <p>Source: Zhang et al., <i>iDARTS: Differentiable Architecture Search with Stochastic Implicit Gradients</i> (arXiv
 * 2106.10784), the inner loop of its algorithm.
 *
 * @param innerSteps steps of the weights for each one of the alphas: the paper's {@code T}
 */
public record InnerSteps(int innerSteps) implements AlphaGate {
    public InnerSteps {
        Checks.atLeast("innerSteps", innerSteps, 1, "so that the weights move");
    }

    @Override
    public boolean opens(int epoch, int epochs, long stepsDone) {
        return stepsDone > 0 && stepsDone % innerSteps == 0;
    }
}
