package io.dartboard.nas.hypergradient.recurrent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.Half;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.Seen;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Torch;

/**
 * Takes the weights as they are for the best ones: {@code d L_valid(w, alpha) / d alpha}. This is DARTS (arXiv
 * 1806.09055) equation 7 with {@code xi = 0}. No gradient with respect to the weights is computed.
 */
public record RecurrentFirstOrder() implements RecurrentHypergradient {
    @Override
    public Estimate estimate(NDManager scope, RecurrentPoint point, Half train, Half valid, double learningRate) {
        try (NDManager pass = scope.newSubManager();
                Autograd.Mode recording = Autograd.recording()) {
            NDArray alphas = point.alphas().leaf(pass);
            Seen seen = point.see(pass, valid, 0, point.weights().constants(pass), alphas);
            NDArray gradient = Autograd.gradient(seen.likelihood(), alphas);
            return new Estimate(
                    Autograd.constant(scope, seen.likelihood()),
                    Torch.into(scope, gradient),
                    Autograd.constant(scope, seen.outputs().hidden()));
        }
    }
}
