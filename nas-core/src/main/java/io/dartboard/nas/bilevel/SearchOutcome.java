package io.dartboard.nas.bilevel;

import io.dartboard.nas.alpha.Alphas;

/**
 * How a search loop returned.
 *
 * @param finished whether all epochs are done; if not, the loop was stopped and its last snapshot continues it
 * @param alphas as they stand
 */
public record SearchOutcome(boolean finished, Alphas alphas) {}
