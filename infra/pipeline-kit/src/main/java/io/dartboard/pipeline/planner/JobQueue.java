package io.dartboard.pipeline.planner;

import java.time.Instant;
import java.util.Optional;

/**
 * The jobs that live runs want and that have no result yet, as a planner saw them last.
 *
 * @param topic where they are asked for
 * @param waiting those that no worker has shown life of
 * @param oldest when the one that waits longest was first asked for; empty where none waits
 * @param asOf when the planner looked; the epoch before it has
 */
public record JobQueue(String topic, int waiting, Optional<Instant> oldest, Instant asOf) {

    /** Before the planner has looked. */
    public static JobQueue unseen(String topic) {
        return new JobQueue(topic, 0, Optional.empty(), Instant.EPOCH);
    }
}
