package io.dartboard.nas.bilevel;

import io.dartboard.nas.setting.Checks;
import java.util.OptionalInt;

/**
 * After which epochs a search measures those signs of collapse that cost passes: the largest eigenvalue of its
 * {@link AlphaHessian}, which costs two alpha gradients for each product, and the gap that discretisation opens, which costs a
 * pass over the validation half. They change nothing of the search.
 *
 * @param eigenvalueEvery epochs from one measurement to the next; 0 for never, empty for as often as it costs little
 * @param gapEvery likewise
 */
public record SignSchedule(OptionalInt eigenvalueEvery, OptionalInt gapEvery) {
    /** None is measured. */
    public static final SignSchedule NONE = new SignSchedule(OptionalInt.of(0), OptionalInt.of(0));

    /** As often as it costs little. */
    public static final SignSchedule AFFORDABLE = new SignSchedule(OptionalInt.empty(), OptionalInt.empty());

    /** RobustDARTS' own (arXiv 1909.09656), in the authors' code. */
    private static final int EIGENVALUE_EVERY = 2;

    /** A pass over the validation half is a sixth of an epoch of the first order, or less. */
    private static final int GAP_EVERY = 10;

    /** Of an epoch's gradients at the first order, two a step, those that the eigenvalue may cost. */
    private static final double AFFORDABLE_SHARE = 0.03;

    public SignSchedule {
        eigenvalueEvery.ifPresent(every -> Checks.atLeast("eigenvalueEvery", every, 0, "(0 for never)"));
        gapEvery.ifPresent(every -> Checks.atLeast("gapEvery", every, 0, "(0 for never)"));
    }

    /**
     * Whether the eigenvalue is measured after an epoch.
     *
     * @param epochsDone from 1
     * @param steps of an epoch
     */
    boolean measuresEigenvalue(int epochsDone, int steps) {
        return isDue(epochsDone, eigenvalueEvery.orElseGet(() -> affordable(steps)));
    }

    /** Whether the gap is; as {@link #measuresEigenvalue}. */
    boolean measuresGap(int epochsDone) {
        return isDue(epochsDone, gapEvery.orElse(GAP_EVERY));
    }

    private static int affordable(int steps) {
        double epochs = 2.0 * PowerIteration.USUAL.iterations() / (AFFORDABLE_SHARE * 2 * steps);
        return Math.max(EIGENVALUE_EVERY, (int) Math.ceil(epochs));
    }

    private static boolean isDue(int epochsDone, int every) {
        return every > 0 && epochsDone % every == 0;
    }
}
