package io.dartboard.pipeline.artifact;

/** A newer attempt at the same job has begun; the older one's word no longer counts. */
public final class AttemptSuperseded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AttemptSuperseded(String job, int attempt) {
        super("attempt %d at %s is over: a newer one has begun".formatted(attempt, job));
    }
}
