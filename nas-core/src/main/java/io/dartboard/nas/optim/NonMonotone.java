package io.dartboard.nas.optim;

import java.util.List;

/**
 * When to begin averaging: as soon as a validation loss is worse than the best of those that lie at least so many epochs
 * back.
 *
 * <p>Source: Merity et al., <i>Regularizing and Optimizing LSTM Language Models</i> (arXiv 1708.02182), algorithm 1.
 *
 * @param patience how many of the last losses do not count
 */
public record NonMonotone(int patience) {
    public NonMonotone {
        if (patience < 1) {
            throw new IllegalArgumentException("the patience must be at least 1 epoch (was %d)".formatted(patience));
        }
    }

    /**
     * Whether averaging begins after an epoch.
     *
     * @param before the losses of all epochs before it
     * @param loss its own
     */
    public boolean triggers(List<Double> before, double loss) {
        return before.size() > patience
                && before.subList(0, before.size() - patience).stream().anyMatch(earlier -> loss > earlier);
    }
}
