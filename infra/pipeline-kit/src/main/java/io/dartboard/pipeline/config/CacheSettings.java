package io.dartboard.pipeline.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Copies of datasets on this machine.
 *
 * @param workDir folder that holds them; several services may share it
 * @param keep an archive that no job has asked for in so long is removed when a service starts
 */
public record CacheSettings(Path workDir, Duration keep) {
    public CacheSettings {
        Check.positive("dartboard.cache.keep", keep);
    }

    /** From the shared configuration. */
    public static CacheSettings of(PipelineConfig config) {
        return new CacheSettings(config.workDir(), config.cache().keep());
    }
}
