package io.dartboard.pipeline.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The training thread's sign of life. It counts only while a runner works: waiting for Kafka or the store is no stall, so
 * neither liveness nor a job's lock ever depends on them.
 */
final class Pulse {
    private final Clock clock;
    private volatile Instant last;
    private volatile boolean training;

    Pulse(Clock clock) {
        this.clock = clock;
        this.last = clock.instant();
    }

    void beat() {
        last = clock.instant();
    }

    /** From now on silence counts, or no longer does. */
    void training(boolean now) {
        beat();
        training = now;
    }

    Instant last() {
        return last;
    }

    /** True if a runner has been silent for longer than this. */
    boolean silentFor(Duration limit) {
        return training && Duration.between(last, clock.instant()).compareTo(limit) > 0;
    }
}
