package io.dartboard.nas.guard;

import io.dartboard.nas.guard.CollapseDetector.Diagnosis;
import io.dartboard.nas.guard.Finding.Severity;

/**
 * What is done about what the rules have found.
 *
 * @param acts whether anything is; else it is only told
 * @param relaunches how often a search that collapses may still be made anew
 */
public record GuardPolicy(boolean acts, int relaunches) {
    /** What becomes of a search. */
    public enum Action {
        /** It goes on. */
        CONTINUE,
        /** It ends with the cell that it has. */
        STOP,
        /** It ends with the cell of its last healthy epoch. */
        ROLL_BACK,
        /** It ends, and is made anew; the cell of its last healthy epoch stands until the next one has one. */
        RELAUNCH
    }

    /**
     * What was decided.
     *
     * @param action what becomes of the search
     * @param epoch whose cell is the search's, from 1; 0 of one that goes on, and of one made anew that never was healthy
     */
    public record Steering(Action action, int epoch) {}

    /**
     * Decides after an epoch.
     *
     * @param epoch that was done, from 1
     * @param isLast whether the search ends with it anyway
     */
    public Steering steer(Diagnosis diagnosis, int epoch, boolean isLast) {
        return steer(diagnosis, false, epoch, isLast);
    }

    /**
     * Decides after an epoch of a search that its method may end.
     *
     * @param isOver whether it does, by its {@link StopRule}, which holds whatever this policy is
     * @param epoch that was done, from 1
     * @param isLast whether the search ends with it anyway
     */
    public Steering steer(Diagnosis diagnosis, boolean isOver, int epoch, boolean isLast) {
        Action guarded = acts ? action(diagnosis, isLast) : Action.CONTINUE;
        // What collapses goes back to where it did not, whether or not it has settled.
        Action action = guarded == Action.CONTINUE && isOver && !isLast ? Action.STOP : guarded;
        return switch (action) {
            case CONTINUE -> new Steering(action, 0);
            case STOP -> new Steering(action, epoch);
            case ROLL_BACK, RELAUNCH -> new Steering(action, diagnosis.healthyEpoch());
        };
    }

    private Action action(Diagnosis diagnosis, boolean isLast) {
        return switch (diagnosis.worst().orElse(Severity.WARNING)) {
            case WARNING -> Action.CONTINUE;
            // The last epoch ends by itself.
            case SETTLED -> isLast ? Action.CONTINUE : Action.STOP;
            case COLLAPSE -> {
                if (relaunches > 0) {
                    yield Action.RELAUNCH;
                }
                yield diagnosis.healthyEpoch() > 0 ? Action.ROLL_BACK : Action.STOP;
            }
        };
    }
}
