package io.dartboard.pipeline.job;

/** A job that no further attempt can save: bad data, impossible settings. The message is one line: what, where, what to do. */
public final class JobRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JobRefused(String reason) {
        super(reason);
    }

    public JobRefused(String reason, Throwable cause) {
        super(reason, cause);
    }
}
