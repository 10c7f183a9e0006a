package io.dartboard.transfer;

import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.config.LoaderThreads;
import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.pipeline.meters.JobMeters;
import io.dartboard.training.Datasets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the service's own parts, each once. */
@ApplicationScoped
class TransferBeans {
    @Produces
    @Singleton
    TransferJobRunner runner(
            ArchiveCache archives, ArtifactStore store, JobMeters meters, Clock clock, PipelineConfig config) {
        return new TransferJobRunner(
                new Datasets(archives, config.workDir()), store, meters, clock, LoaderThreads.of(config));
    }
}
