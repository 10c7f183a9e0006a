package io.dartboard.nas.search;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.hypergradient.Derivatives;
import io.dartboard.nas.hypergradient.Derivatives.Wanted;
import io.dartboard.nas.hypergradient.Hypergradient;
import io.dartboard.nas.hypergradient.InnerStep;
import io.dartboard.nas.optim.GradientClip;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.DeviceBatch;

/**
 * DARTS (arXiv 1806.09055), algorithm 1: Adam on the alphas along the method's hypergradient; clipped SGD on the weights
 * with the new alphas.
 *
 * @param gradientClip largest L2 norm of the weight gradient
 */
public record AlternatingStep(Hypergradient hypergradient, double gradientClip) implements SearchStep {
    @Override
    public Hypergradient.Estimate alphaStep(
            NDManager scope, SearchState state, DeviceBatch train, DeviceBatch valid, double learningRate) {
        InnerStep inner = new InnerStep(state.sgd(), state.point().objective(train), learningRate);
        try (Autograd.Mode paused = Autograd.paused()) {
            Hypergradient.Estimate estimate =
                    hypergradient.estimate(scope, inner, state.point().objective(valid));
            state.adam().step(estimate.gradient());
            return estimate;
        }
    }

    @Override
    public WeightStep weightStep(NDManager scope, SearchState state, DeviceBatch train, double learningRate) {
        try (Autograd.Mode paused = Autograd.paused()) {
            Derivatives derivatives = state.point().differentiate(scope, train, Wanted.WEIGHTS);
            NDArray gradient = derivatives.weightGradient();
            NDArray norm = GradientClip.globalNorm(gradient, gradientClip);
            state.sgd().step(gradient, learningRate);
            return new WeightStep(derivatives.loss(), derivatives.logits(), norm);
        }
    }
}
