package io.dartboard.pipeline.job;

import java.util.function.Supplier;

/** A job that no further attempt can save: bad data, impossible settings. The message is one line: what, where, what to do. */
public final class JobRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JobRefused(String reason) {
        super(reason);
    }

    public JobRefused(String reason, Throwable cause) {
        super(reason, cause);
    }

    /**
     * Makes what a job asks for, and refuses the job where that is impossible.
     *
     * @param part throws IllegalArgumentException, with one line, for what no attempt can have
     */
    public static <T> T ifImpossible(Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException e) {
            throw new JobRefused(String.valueOf(e.getMessage()), e);
        }
    }
}
