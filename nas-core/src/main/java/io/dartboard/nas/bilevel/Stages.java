package io.dartboard.nas.bilevel;

import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.KeptCandidates;
import io.dartboard.nas.alpha.Relaxation;
import java.util.Optional;

/** In which stages a search goes, and how its supernet changes from one to the next. */
public interface Stages {
    /** A single one: DARTS (arXiv 1806.09055). */
    Stages ONE = new One();

    /** How many there are. */
    default int count() {
        return 1;
    }

    /**
     * Cells of the supernet of a stage.
     *
     * @param first those of the first
     */
    default int cells(int stage, int first) {
        return first;
    }

    /** In which steps of a stage the alphas move, as far as that is for the stages to say. */
    default AlphaGate gate() {
        return AlphaGate.OPEN;
    }

    /** What is left of the candidates after a stage, but for the last, by the alphas at its end. */
    default KeptCandidates after(int stage, Alphas alphas, Relaxation relaxation) {
        return KeptCandidates.ALL;
    }

    /** The share of a skip connection's values that a stage drops out at most; 0 where it drops out none. */
    default double skipDropout(int stage) {
        return 0;
    }

    /**
     * The share in one of its epochs.
     *
     * @param epoch of the stage, from 0
     * @param epochs of the stage
     * @param closed epochs of the stage before the first in which the alphas move
     */
    default double skipDropout(int stage, int epoch, int epochs, int closed) {
        return 0;
    }

    /** Why a search for recurrent cells cannot go so; empty if it can. */
    default Optional<String> unfitForRecurrentCells() {
        return Optional.empty();
    }

    /** Why a search cannot be ended before its last epoch, with the cell of any other; empty if it can. */
    default Optional<String> unfitToEndEarly() {
        return Optional.empty();
    }

    /**
     * The stage of an epoch of a search.
     *
     * @param epoch from 0; one after the last belongs to the last stage
     * @param epochs of the search, which are divided evenly; what is left over goes to the later stages
     */
    default Stage at(int epoch, int epochs) {
        int stage = count() - 1;
        while (stage > 0 && first(stage, epochs) > epoch) {
            stage--;
        }
        return stage(stage, epochs);
    }

    /** A stage of a search of so many epochs. */
    default Stage stage(int index, int epochs) {
        int first = first(index, epochs);
        return new Stage(index, first, first(index + 1, epochs) - first);
    }

    private int first(int stage, int epochs) {
        return Math.toIntExact((long) epochs * stage / count());
    }

    /**
     * Refuses a search of fewer epochs than stages.
     *
     * @throws IllegalArgumentException with one line that says how many it takes
     */
    default void require(int epochs) {
        if (count() > 1 && epochs < count()) {
            throw new IllegalArgumentException(
                    "epochs must be at least %d, one for each stage (was %d)".formatted(count(), epochs));
        }
    }

    /** See {@link #ONE}. */
    record One() implements Stages {}
}
