package io.dartboard.nas.bilevel;

/**
 * A stretch of a search that is a search by itself: weights, alphas and optimisers begin anew with it, and every schedule.
 *
 * @param index from 0
 * @param first epoch of the search that is its first, from 0
 * @param epochs of it
 */
public record Stage(int index, int first, int epochs) {
    /** Whether it has an epoch of the search. */
    public boolean has(int epoch) {
        return epoch >= first && epoch < first + epochs;
    }
}
