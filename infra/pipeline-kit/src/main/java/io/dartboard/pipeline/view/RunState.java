package io.dartboard.pipeline.view;

/** Where a run stands. */
public enum RunState {
    /** Asked for; no job of it has been heard of. */
    WAITING,
    /** At work. */
    RUNNING,
    /** Held: running jobs hand back, none starts. */
    PAUSED,
    /** It cannot go on, and is about to end FAILED. */
    BLOCKED,
    /** Asked to end; its end has not been told yet. */
    CANCELLING,
    /** Ended with a verdict. */
    SUCCEEDED,
    /** Ended without one. */
    FAILED,
    /** Ended because somebody asked for it. */
    CANCELLED;

    /** True if nothing more will be told of the run. */
    public boolean ended() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
