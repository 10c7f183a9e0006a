package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import java.util.Optional;

/** An approximation of {@code d L_valid(w*(alpha), alpha) / d alpha}, DARTS (arXiv 1806.09055) equation 3. */
public interface Hypergradient {
    /**
     * An estimate on the device.
     *
     * @param validLoss the validation loss where it was differentiated, a single number
     * @param beside what else was wanted of that pass, see {@link Objective.Seen}; part of no graph
     * @param gradient one value per alpha, laid out as {@link io.dartboard.nas.tensor.AlphaVector} is
     * @param weights gradient of that loss with respect to the weights, (size), up to a factor; there if it was asked for
     */
    record Estimate(NDArray validLoss, NDList beside, NDArray gradient, Optional<NDArray> weights) {
        /** Without the gradient of the weights. */
        public Estimate(NDArray validLoss, NDList beside, NDArray gradient) {
            this(validLoss, beside, gradient, Optional.empty());
        }

        /** The same, in another scope. */
        Estimate into(NDManager scope) {
            validLoss.attach(scope);
            beside.attach(scope);
            gradient.attach(scope);
            weights.ifPresent(each -> each.attach(scope));
            return this;
        }
    }

    /**
     * Estimates the gradient and changes neither weights nor alphas.
     *
     * @param scope takes the result; what is computed on the way is freed
     * @param inner the weights and the step that they are about to take
     * @param valid the loss that the alphas are to lower
     * @param wanted the gradient of the alphas, or both
     */
    Estimate estimate(NDManager scope, InnerStep inner, Objective valid, Wanted wanted);

    /** The gradient of the alphas alone. */
    default Estimate estimate(NDManager scope, InnerStep inner, Objective valid) {
        return estimate(scope, inner, valid, Wanted.ALPHAS);
    }

    /**
     * The weights that are taken for the best ones of other alphas, (size), in a scope: the gradient is the slope of the
     * validation loss there, as the alphas move.
     *
     * @param inner as the estimate is given it
     * @param moved the same step at alphas that have moved a little
     */
    NDArray bestWeights(NDManager scope, InnerStep inner, InnerStep moved);

    /** Why alphas that are shared so cannot have it; empty if they can. */
    default Optional<String> unfit(AlphaSharing sharing) {
        return Optional.empty();
    }

    /**
     * The same in a form that follows that slope to the digit, for a known-answer check; empty if it follows the slope of
     * nothing.
     */
    Optional<Hypergradient> exact();
}
