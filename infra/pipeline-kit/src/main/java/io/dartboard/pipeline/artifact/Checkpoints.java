package io.dartboard.pipeline.artifact;

import io.dartboard.pipeline.config.CheckpointSettings;
import io.dartboard.pipeline.meters.CheckpointMeters;
import java.time.Clock;
import java.util.function.Consumer;

/** Opens the checkpoints of jobs. */
public final class Checkpoints {
    private final ArtifactStore store;
    private final CheckpointSettings settings;
    private final Clock clock;
    private final CheckpointMeters meters;

    public Checkpoints(ArtifactStore store, CheckpointSettings settings, Clock clock, CheckpointMeters meters) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Opens the checkpoints of one job for one attempt.
     *
     * @param job the job
     * @param prefix where its artifacts lie
     * @param attempt the attempt that will write
     * @param fence knows whether its word still counts
     * @param onSuperseded told, with a line that says so, if a newer attempt turns out to have begun
     */
    public CheckpointStore open(String job, String prefix, int attempt, Fence fence, Consumer<String> onSuperseded) {
        return new CheckpointStore(store, settings, clock, meters, job, prefix, attempt, fence, onSuperseded);
    }
}
