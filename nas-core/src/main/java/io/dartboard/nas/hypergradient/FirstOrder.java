package io.dartboard.nas.hypergradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.Functional;

/**
 * Takes the weights as they are for the best ones: {@code d L_valid(w, alpha) / d alpha}. This is DARTS (arXiv
 * 1806.09055) equation 7 with {@code xi = 0}. No gradient with respect to the weights is computed.
 */
public record FirstOrder() implements Hypergradient {
    @Override
    public Estimate estimate(NDManager scope, BilevelPoint point, DeviceBatch valid) {
        try (Autograd.Mode recording = Autograd.recording()) {
            NDArray alphas = point.alphas().leaf(scope);
            NDArray loss = Functional.crossEntropy(point.logits(scope, valid, alphas), valid.labels());
            return new Estimate(loss, Autograd.gradient(loss, alphas));
        }
    }
}
