package io.dartboard.pipeline.job;

/** What the training thread is told; asked for at every step. */
public enum Signal {
    /** Go on. */
    NONE,
    /** The run is over: stop, write nothing. */
    CANCEL,
    /** The run pauses: write a checkpoint and stop; the job comes again when the run resumes. */
    PAUSE,
    /** The service goes down: write a checkpoint and stop; the job is handed over at once. */
    SHUTDOWN,
    /** Another worker has the job: stop, write nothing. */
    LOST;

    /** True if the job should write a checkpoint before it stops. */
    public boolean wantsCheckpoint() {
        return this == PAUSE || this == SHUTDOWN;
    }

    /** True if the job should stop within this step. */
    public boolean stops() {
        return this != NONE;
    }
}
