package io.dartboard.pipeline.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * When checkpoints are written and how many stay.
 *
 * @param workDir folder for states on their way to the store
 * @param interval time between two checkpoints within an epoch
 * @param epochs a retraining or a transfer also writes one after so many epochs; a search does after each
 * @param keep checkpoints of a job that stay; the final one always does
 */
public record CheckpointSettings(Path workDir, Duration interval, int epochs, int keep) {
    public CheckpointSettings {
        Check.positive("dartboard.checkpoint.interval", interval);
        if (epochs < 1) {
            throw new IllegalArgumentException(
                    "dartboard.checkpoint.epochs must be at least 1; a large number leaves it to the interval (was %d)"
                            .formatted(epochs));
        }
        if (keep < 1) {
            throw new IllegalArgumentException(
                    "dartboard.checkpoint.keep must be at least 1, or a job could not resume (was %d)".formatted(keep));
        }
    }

    /** From the shared configuration. */
    public static CheckpointSettings of(PipelineConfig config) {
        return new CheckpointSettings(
                config.workDir(),
                config.checkpoint().interval(),
                config.checkpoint().epochs(),
                config.checkpoint().keep());
    }
}
