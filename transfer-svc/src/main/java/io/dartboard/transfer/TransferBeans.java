package io.dartboard.transfer;

import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.config.LoaderThreads;
import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.ToldSchemas;
import io.dartboard.pipeline.evidence.EvidenceShelf;
import io.dartboard.pipeline.health.HealthBoard;
import io.dartboard.pipeline.meters.JobMeters;
import io.dartboard.pipeline.view.FreshBoard;
import io.dartboard.pipeline.wiring.Lifecycle;
import io.dartboard.training.Datasets;
import io.dartboard.transfer.evidence.EvidenceReader;
import io.dartboard.transfer.evidence.EvidenceWriter;
import io.dartboard.transfer.handover.Handover;
import io.dartboard.transfer.handover.HandoverReader;
import io.dartboard.transfer.registry.Registration;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Makes the service's own parts, each once. */
@ApplicationScoped
class TransferBeans {
    /** All that was ever told is read for a pack, within the five minutes that a broker waits. */
    private static final Duration READING = Duration.ofMinutes(2);

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
    EvidenceReader evidence(
            PipelineConfig config,
            ArtifactStore store,
            KafkaSettings kafka,
            EventSender sender,
            ToldSchemas schemas,
            MeterRegistry registry,
            HealthBoard health,
            Lifecycle lifecycle) {
        var boards = FreshBoard.of(kafka, "evidence-board", schemas, READING);
        var writer = new EvidenceWriter(boards, store, sender.service().version(), registry);
        var sink = Registration.after(writer, new EvidenceShelf(store), config.mlflow(), registry);
        var reader = lifecycle.closeAtEnd("evidence", new EvidenceReader(sink, kafka, sender));
        health.note("evidence", reader::trouble);
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
