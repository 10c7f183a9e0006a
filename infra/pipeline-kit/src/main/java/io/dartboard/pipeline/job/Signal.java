package io.dartboard.pipeline.job;

/** What the training thread is told; asked for at every step. */
public enum Signal {
    /** Go on. */
    NONE,
    /**
     * All runs that want the job want its stage to finish: once it has an epoch behind it, end and make a result of what
     * there is. It does not stop before that.
     */
    FINISH,
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
        return this != NONE && this != FINISH;
    }
}
