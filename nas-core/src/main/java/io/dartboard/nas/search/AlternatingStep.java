package io.dartboard.nas.search;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.hypergradient.Hypergradient;
import io.dartboard.nas.optim.GradientClip;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Leaves;

/**
 * DARTS (arXiv 1806.09055), algorithm 1: Adam on the alphas along the method's hypergradient; clipped SGD on the weights
 * with the new alphas.
 *
 * @param gradientClip largest L2 norm of the weight gradient
 */
public record AlternatingStep(Hypergradient hypergradient, double gradientClip) implements SearchStep {
    @Override
    public Hypergradient.Estimate alphaStep(NDManager scope, SearchState state, DeviceBatch valid) {
        Hypergradient.Estimate estimate = hypergradient.estimate(scope, state.point(), valid);
        try (Autograd.Mode paused = Autograd.paused()) {
            state.adam().step(estimate.gradient());
        }
        return estimate;
    }

    @Override
    public WeightStep weightStep(NDManager scope, SearchState state, DeviceBatch train, double learningRate) {
        Leaves leaves;
        NDArray logits;
        NDArray loss;
        NDArray gradient;
        try (Autograd.Mode recording = Autograd.recording()) {
            leaves = state.point().weights().leaves(scope);
            logits = state.point().logits(train, leaves, state.point().alphas().constant(scope));
            loss = Functional.crossEntropy(logits, train.labels());
            gradient = Autograd.gradient(loss, leaves.vector());
        }
        try (Autograd.Mode paused = Autograd.paused()) {
            NDArray norm = GradientClip.globalNorm(gradient, gradientClip);
            state.sgd().step(gradient, learningRate);
            return new WeightStep(loss, logits, norm);
        }
    }
}
