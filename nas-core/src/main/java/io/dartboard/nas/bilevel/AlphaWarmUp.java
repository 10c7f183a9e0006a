package io.dartboard.nas.bilevel;

import io.dartboard.nas.setting.Checks;

/**
 * The weights are trained alone in the first epochs, so that candidates without weights have no start on the others.
 *
 * <p>Source: Xu et al., <i>PC-DARTS</i> (arXiv 1907.05737), section 4.2.
 *
 * @param alphaWarmup share of the epochs in which the alphas stay as they are, whole epochs, rounded down; the authors wait for
 *     15 of 50
 */
public record AlphaWarmUp(double alphaWarmup) implements AlphaGate {
    // So that 0.3 of 50 epochs is 15 of them, whatever the product rounds to.
    private static final double ROUNDING = 1e-9;

    public AlphaWarmUp {
        Checks.share("alphaWarmup", alphaWarmup);
    }

    @Override
    public boolean opens(int epoch, int epochs, long stepsDone) {
        return epoch >= closedFor(epochs);
    }

    @Override
    public int closedFor(int epochs) {
        return (int) Math.floor(alphaWarmup * epochs + ROUNDING);
    }
}
