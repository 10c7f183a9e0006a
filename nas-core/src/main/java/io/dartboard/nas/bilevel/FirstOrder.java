package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import java.util.Optional;

/**
 * Takes the weights as they are for the best ones: {@code d L_valid(w, alpha) / d alpha}. This is DARTS (arXiv
 * 1806.09055) equation 7 with {@code xi = 0}. No gradient with respect to the weights is computed.
 */
public record FirstOrder() implements Hypergradient {
    @Override
    public Estimate estimate(NDManager scope, InnerStep inner, Objective valid, Wanted wanted) {
        Derivatives derivatives = inner.point().differentiate(scope, valid, wanted);
        return new Estimate(
                derivatives.loss(), derivatives.beside(), derivatives.alphaGradient(), derivatives.weights());
    }

    @Override
    public NDArray bestWeights(NDManager scope, InnerStep inner, InnerStep moved) {
        return inner.point().weights().values();
    }

    @Override
    public Optional<Hypergradient> exact() {
        return Optional.of(this);
    }
}
