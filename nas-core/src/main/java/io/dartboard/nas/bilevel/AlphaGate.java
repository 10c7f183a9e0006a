package io.dartboard.nas.bilevel;

/** In which steps a search moves its alphas; in the others it moves the weights alone. */
@FunctionalInterface
public interface AlphaGate {
    /** In every step: DARTS (arXiv 1806.09055), algorithm 1. */
    AlphaGate OPEN = (epoch, epochs, stepsDone) -> true;

    /**
     * Whether a step moves the alphas.
     *
     * @param epoch from 0
     * @param epochs of the search
     * @param stepsDone steps of the weights that have been done before it
     */
    boolean opens(int epoch, int epochs, long stepsDone);

    /**
     * Refuses a search in which it would never open.
     *
     * @param epochs of the search
     * @throws IllegalArgumentException with one line that says how many it takes
     */
    default void require(int epochs) {
        // Most gates open in any search.
    }
}
