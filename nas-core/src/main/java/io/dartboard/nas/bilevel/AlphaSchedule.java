package io.dartboard.nas.bilevel;

/** How long the steps of the alphas are over the epochs. */
@FunctionalInterface
public interface AlphaSchedule {
    /** Always the same: DARTS (arXiv 1806.09055), section 3.1. */
    AlphaSchedule CONSTANT = (rate, moment) -> rate;

    /**
     * The learning rate of a step.
     *
     * @param rate of the first epoch
     */
    double rate(double rate, Moment moment);
}
