package io.dartboard.pipeline.artifact;

import io.dartboard.events.ArtifactRef;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/**
 * A state that a job can go on from. It exists once its manifest does, which is written after all it names.
 *
 * @param job the job
 * @param epoch epochs done
 * @param step weight steps done, all epochs
 * @param attempt who wrote it
 * @param last true for the job's final state, which is kept for good
 * @param state the tensors
 * @param facts what the job wants to remember beside the tensors
 * @param time when it was written
 * @param manifest the manifest itself; its digest covers all of the above
 */
public record Checkpoint(
        String job,
        int epoch,
        long step,
        int attempt,
        boolean last,
        ArtifactRef state,
        Map<String, String> facts,
        Instant time,
        ArtifactRef manifest) {
    /** The furthest first; of equals the newer attempt's. */
    public static final Comparator<Checkpoint> NEWEST_FIRST = Comparator.comparingInt(Checkpoint::epoch)
            .thenComparingLong(Checkpoint::step)
            .thenComparingInt(Checkpoint::attempt)
            .reversed();

    public Checkpoint {
        facts = Map.copyOf(facts);
    }
}
