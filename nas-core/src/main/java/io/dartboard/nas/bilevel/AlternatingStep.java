package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import io.dartboard.nas.optim.GradientClip;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.AlphaVector;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Torch;
import java.util.Optional;

/**
 * DARTS (arXiv 1806.09055), algorithm 1: Adam on the alphas along a method's hypergradient and down its penalty; clipped SGD on
 * the weights with the new alphas, where the method has them mixed.
 *
 * @param streams of all that is drawn
 */
public record AlternatingStep(SearchMethod method, SearchOptimisers optimisers, RandomStreams streams)
        implements SearchStep {

    @Override
    public Hypergradient.Estimate alphaStep(
            NDManager scope, SearchState state, Objective train, Objective valid, Moment moment) {
        BilevelPoint point = method.inAlphaStep(state.point(), streams, moment);
        InnerStep inner = new SgdStep(point, state.sgd(), train, moment.learningRate(), optimisers.innerClip());
        try (Autograd.Mode paused = Autograd.paused()) {
            Wanted wanted = state.frozen().isPresent() ? Wanted.BOTH : Wanted.ALPHAS;
            Hypergradient.Estimate estimate = method.hypergradient().estimate(scope, inner, valid, wanted);
            state.frozen()
                    .ifPresent(frozen -> frozen.validated(estimate.weights().orElseThrow()));
            penaltyGradient(scope, point.alphas(), moment)
                    .ifPresent(more -> estimate.gradient().addi(more));
            double rate = method.schedule().rate(optimisers.alphas().alphaLearningRate(), moment);
            state.adam().step(estimate.gradient(), rate);
            return estimate;
        }
    }

    private Optional<NDArray> penaltyGradient(NDManager scope, AlphaVector alphas, Moment moment) {
        try (NDManager pass = scope.newSubManager();
                Autograd.Mode recording = Autograd.recording()) {
            NDArray leaf = alphas.leaf(pass);
            return method.penalty()
                    .of(leaf, alphas.layout(), moment.progress())
                    .map(value -> Torch.into(scope, Autograd.gradient(value, leaf)));
        }
    }

    @Override
    public WeightStep weightStep(NDManager scope, SearchState state, Objective train, Moment moment) {
        try (Autograd.Mode paused = Autograd.paused();
                NDManager way = scope.newSubManager()) {
            BilevelPoint point = method.inWeightStep(way, state.point(), train, streams, moment);
            Derivatives derivatives = method.weightPenalty().differentiate(scope, point, train, moment.progress());
            NDArray gradient = derivatives.weightGradient();
            state.frozen().ifPresent(frozen -> frozen.trained(gradient, state.sgd()));
            state.sgd().still(gradient);
            NDArray norm = GradientClip.globalNorm(gradient, optimisers.gradientClip());
            state.sgd().step(gradient, moment.learningRate());
            return new WeightStep(derivatives.loss(), derivatives.beside(), norm);
        }
    }
}
