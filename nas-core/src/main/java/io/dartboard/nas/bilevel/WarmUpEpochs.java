package io.dartboard.nas.bilevel;

import io.dartboard.nas.setting.Checks;

/**
 * The weights are trained alone for so many epochs, so that the operations that a search begins with are trained before others
 * compete with them.
 *
 * <p>Source: DARTOpti, in the authors' code of D-DARTS (Heuillet et al., arXiv 2108.09306).
 *
 * @param alphaWarmupEpochs epochs in which the alphas stay as they are; the authors wait for 5
 */
public record WarmUpEpochs(int alphaWarmupEpochs) implements AlphaGate {
    public WarmUpEpochs {
        Checks.atLeast(
                "alphaWarmupEpochs", alphaWarmupEpochs, 1, "(the gate open leaves the alphas free from the start)");
    }

    @Override
    public boolean opens(int epoch, int epochs, long stepsDone) {
        return epoch >= alphaWarmupEpochs;
    }

    @Override
    public int closedFor(int epochs) {
        return alphaWarmupEpochs;
    }

    @Override
    public void require(int epochs) {
        if (epochs <= alphaWarmupEpochs) {
            throw new IllegalArgumentException(
                    "epochs must be more than alphaWarmupEpochs, %d, after which the alphas move (was %d)"
                            .formatted(alphaWarmupEpochs, epochs));
        }
    }
}
