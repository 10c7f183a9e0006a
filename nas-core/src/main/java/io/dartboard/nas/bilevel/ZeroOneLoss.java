package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.setting.Checks;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Scalars;
import java.util.Optional;

/**
 * The zero-one loss: {@code w01 * L01} with {@code L01 = -mean((sigmoid(alpha) - 0.5)^2)} over all alphas. It drives the
 * weights of candidates that do not compete away from undecided.
 *
 * <p>The authors add it to the loss of the weights, too; as it does not depend on them, that changes no gradient, and here
 * the alphas alone see it.
 *
 * <p>Source: FairDARTS (Chu et al., arXiv 1911.12126), section 3.3 and equation 5.
 *
 * @param zeroOneWeight {@code w01}; the authors use 10
 */
public record ZeroOneLoss(double zeroOneWeight) implements AlphaPenalty {
    public ZeroOneLoss {
        Checks.positive("zeroOneWeight", zeroOneWeight);
    }

    @Override
    public Optional<NDArray> of(NDArray alphas, AlphaLayout layout, double progress) {
        NDArray undecided = Scalars.plus(Functional.sigmoid(alphas), -0.5);
        return Optional.of(Scalars.times(undecided.square().mean(), -zeroOneWeight));
    }
}
