package io.dartboard.nas.search.recurrent;

import io.dartboard.nas.alpha.RecurrentAlphas;

/**
 * How a search loop returned.
 *
 * @param finished whether all epochs are done; if not, the loop was stopped and its last snapshot continues it
 * @param alphas as they stand
 */
public record RecurrentSearchOutcome(boolean finished, RecurrentAlphas alphas) {}
