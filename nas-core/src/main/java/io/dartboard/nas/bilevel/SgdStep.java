package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import io.dartboard.nas.optim.GradientClip;
import io.dartboard.nas.optim.Sgd;
import java.util.Optional;

/**
 * A step of SGD: {@code w' = w - eta * (mu * m + clip(dL_train(w, alpha)/dw) + decay * w)}, with the momentum buffer
 * {@code m} as it stands.
 *
 * @param sgd the weights' optimiser, which is asked and not moved
 */
public record SgdStep(BilevelPoint point, Sgd sgd, Objective train, double learningRate, double clip)
        implements InnerStep {
    @Override
    public void still(NDArray direction) {
        sgd.still(direction);
    }

    @Override
    public Moved move(NDManager scope) {
        NDArray gradient = point.differentiate(scope, train, Wanted.WEIGHTS).weightGradient();
        still(gradient);
        Optional<NDArray> norm =
                clip == UNBOUNDED ? Optional.empty() : Optional.of(GradientClip.globalNorm(gradient, clip));
        return new Moved(sgd.virtualStep(gradient, learningRate), norm);
    }
}
