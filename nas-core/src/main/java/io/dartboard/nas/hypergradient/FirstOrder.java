package io.dartboard.nas.hypergradient;

import ai.djl.ndarray.NDManager;
import io.dartboard.nas.hypergradient.Derivatives.Wanted;

/**
 * Takes the weights as they are for the best ones: {@code d L_valid(w, alpha) / d alpha}. This is DARTS (arXiv
 * 1806.09055) equation 7 with {@code xi = 0}. No gradient with respect to the weights is computed.
 */
public record FirstOrder() implements Hypergradient {
    @Override
    public Estimate estimate(NDManager scope, InnerStep inner, Objective valid) {
        Derivatives derivatives = valid.differentiate(scope, inner.before(), Wanted.ALPHAS);
        return new Estimate(derivatives.loss(), derivatives.alphaGradient());
    }
}
