package io.dartboard.pipeline.event;

import io.dartboard.schemas.TraceContext;
import org.slf4j.MDC;

/**
 * Has every line that this thread logs name the run that it works for, and the run's trace, until it is closed. Of nothing
 * where the work belongs to no run.
 */
public final class RunTrail implements AutoCloseable {
    private static final String RUN = "run";
    /** As collectors of traces call it. */
    private static final String TRACE = "traceId";

    private RunTrail() {}

    /**
     * Begins.
     *
     * @param run its id; empty for none
     */
    public static RunTrail of(String run) {
        if (!run.isEmpty()) {
            MDC.put(RUN, run);
            MDC.put(TRACE, TraceContext.traceId(run));
        }
        return new RunTrail();
    }

    @Override
    public void close() {
        MDC.remove(RUN);
        MDC.remove(TRACE);
    }
}
