package io.dartboard.transfer;

import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.config.LoaderThreads;
import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.health.HealthBoard;
import io.dartboard.pipeline.meters.JobMeters;
import io.dartboard.pipeline.wiring.Lifecycle;
import io.dartboard.training.Datasets;
import io.dartboard.transfer.handover.Handover;
import io.dartboard.transfer.handover.HandoverReader;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the service's own parts, each once. */
@ApplicationScoped
class TransferBeans {
    @Produces
    @Singleton
    HandoverReader handover(
            PipelineConfig config,
            KafkaSettings kafka,
            EventSender sender,
            MeterRegistry registry,
            HealthBoard health,
            Clock clock,
            Lifecycle lifecycle) {
        var reader = lifecycle.closeAtEnd(
                "handover", new HandoverReader(Handover.of(config.handover(), clock, registry), kafka, sender));
        health.note("handover", reader::trouble);
        return reader;
    }

    @Produces
    @Singleton
    TransferJobRunner runner(
            ArchiveCache archives, ArtifactStore store, JobMeters meters, Clock clock, PipelineConfig config) {
        return new TransferJobRunner(
                new Datasets(archives, config.workDir()), store, meters, clock, LoaderThreads.of(config));
    }
}
