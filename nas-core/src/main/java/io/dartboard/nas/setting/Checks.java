package io.dartboard.nas.setting;

import java.util.ArrayList;
import java.util.List;

/** What the hyperparameters of every training have to satisfy; each refusal is one line that says what to do. */
public final class Checks {

    private Checks() {}

    /**
     * Makes checks that do not depend on one another, all of them, so that whoever is refused hears of every fault at once.
     *
     * @throws SeveralFaults if more than one fails
     * @throws IllegalArgumentException as the check throws it, if one fails
     */
    public static void all(Runnable... checks) {
        List<IllegalArgumentException> refusals = new ArrayList<>();
        for (Runnable check : checks) {
            try {
                check.run();
            } catch (IllegalArgumentException e) {
                refusals.add(e);
            }
        }
        if (refusals.size() == 1) {
            throw refusals.get(0);
        }
        if (!refusals.isEmpty()) {
            throw new SeveralFaults(refusals);
        }
    }

    /** Refuses an integer below a bound. */
    public static void atLeast(String what, int value, int bound, String why) {
        if (value < bound) {
            throw new IllegalArgumentException(
                    what + " must be at least " + bound + " " + why + " (was " + value + ")");
        }
    }

    /** Refuses a number that is not positive and finite. */
    public static void positive(String what, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(what + " must be positive (was " + value + ")");
        }
    }

    /** Refuses a number that is negative or not finite. */
    public static void notNegative(String what, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(what + " must be 0 or more (was " + value + ")");
        }
    }

    /** Refuses a number outside {@code [0, 1)}. */
    public static void share(String what, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(what + " must be at least 0 and below 1 (was " + value + ")");
        }
    }

    /** Refuses an odd number, and none. */
    public static void even(String what, int value, String why) {
        if (value < 2 || value % 2 != 0) {
            throw new IllegalArgumentException(what + " must be even and at least 2 " + why + " (was " + value + ")");
        }
    }

    /** Refuses a cosine schedule that would rise. */
    public static void cosine(double learningRate, double learningRateMin) {
        positive("learningRate", learningRate);
        notNegative("learningRateMin", learningRateMin);
        if (learningRateMin > learningRate) {
            throw new IllegalArgumentException("learningRateMin must not exceed learningRate " + learningRate
                    + ", where the schedule starts (was " + learningRateMin + ")");
        }
    }

    /** Refuses an auxiliary head where it would sit on the last cell. */
    public static void auxiliaryHead(int cells, double auxiliaryWeight) {
        if (cells <= 3 && auxiliaryWeight > 0) {
            throw new IllegalArgumentException(
                    "auxiliaryWeight must be 0 with " + cells + " cells, because the auxiliary head would sit"
                            + " on the last one and rectify in training what the classifier reads raw in testing; use 4 cells or"
                            + " more (was " + auxiliaryWeight + ")");
        }
    }
}
