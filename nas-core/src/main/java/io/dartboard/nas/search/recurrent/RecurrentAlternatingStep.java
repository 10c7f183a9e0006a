package io.dartboard.nas.search.recurrent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.hypergradient.recurrent.RecurrentHypergradient;
import io.dartboard.nas.hypergradient.recurrent.RecurrentHypergradient.Estimate;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.Half;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.Seen;
import io.dartboard.nas.ops.recurrent.LanguageLoss;
import io.dartboard.nas.optim.GradientClip;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.Torch;

/**
 * DARTS (arXiv 1806.09055), algorithm 1: Adam on the alphas along the method's hypergradient; clipped SGD on the weights
 * with the new alphas.
 *
 * @param gradientClip largest L2 norm of the weight gradient
 */
public record RecurrentAlternatingStep(
        RecurrentHypergradient hypergradient, LanguageLoss penalties, double gradientClip)
        implements RecurrentSearchStep {

    RecurrentAlternatingStep(RecurrentSearchMethod method, RecurrentSearchConfig config) {
        this(method.hypergradient(config), config.penalties(), config.gradientClip());
    }

    @Override
    public Estimate alphaStep(
            NDManager scope, RecurrentSearchState state, Half train, Half valid, double learningRate) {
        Estimate estimate = hypergradient.estimate(scope, state.point(), train, valid, learningRate);
        try (Autograd.Mode paused = Autograd.paused()) {
            state.adam().step(estimate.gradient());
        }
        return estimate;
    }

    @Override
    public WeightStep weightStep(NDManager scope, RecurrentSearchState state, Half train, double learningRate) {
        NDArray gradient;
        WeightStep seen;
        try (NDManager pass = scope.newSubManager();
                Autograd.Mode recording = Autograd.recording()) {
            Leaves leaves = state.point().weights().leaves(pass);
            Seen window = state.point()
                    .see(pass, train, 0, leaves, state.point().alphas().constant(pass));
            NDArray loss = penalties.penalised(window.likelihood(), window.outputs());
            gradient = Torch.into(scope, Autograd.gradient(loss, leaves.vector()));
            seen = new WeightStep(
                    Autograd.constant(scope, window.likelihood()),
                    Autograd.constant(scope, window.outputs().hidden()));
        }
        try (Autograd.Mode paused = Autograd.paused()) {
            GradientClip.globalNorm(gradient, gradientClip);
            state.sgd().step(gradient, learningRate);
        }
        return seen;
    }
}
