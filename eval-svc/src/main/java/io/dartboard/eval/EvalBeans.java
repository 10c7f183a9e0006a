package io.dartboard.eval;

import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.meters.JobMeters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the service's own parts, each once. */
@ApplicationScoped
class EvalBeans {
    private static final int MOST_LOADERS = 8;

    @Produces
    @Singleton
    EvalJobRunner runner(ArchiveCache archives, ArtifactStore store, JobMeters meters, Clock clock) {
        var loaders = Math.min(MOST_LOADERS, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        return new EvalJobRunner(EvalEvents.datasets(archives), store, meters, clock, loaders);
    }
}
