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
     * Epochs before the first in which it can open.
     *
     * @param epochs of the search
     */
    default int closedFor(int epochs) {
        return 0;
    }

    /** Opens where both do. */
    default AlphaGate and(AlphaGate other) {
        return other.equals(OPEN) ? this : equals(OPEN) ? other : new Both(this, other);
    }

    /**
     * Refuses a search in which it would never open.
     *
     * @param epochs of the search
     * @throws IllegalArgumentException with one line that says how many it takes
     */
    default void require(int epochs) {
        // Most gates open in any search.
    }

    /** See {@link #and}. */
    record Both(AlphaGate one, AlphaGate other) implements AlphaGate {
        @Override
        public boolean opens(int epoch, int epochs, long stepsDone) {
            return one.opens(epoch, epochs, stepsDone) && other.opens(epoch, epochs, stepsDone);
        }

        @Override
        public int closedFor(int epochs) {
            return Math.max(one.closedFor(epochs), other.closedFor(epochs));
        }

        @Override
        public void require(int epochs) {
            one.require(epochs);
            other.require(epochs);
        }
    }
}
