package io.dartboard.search;

import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.config.LoaderThreads;
import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.ToldSchemas;
import io.dartboard.pipeline.meters.JobMeters;
import io.dartboard.pipeline.wiring.Lifecycle;
import io.dartboard.search.dataset.DatasetFolders;
import io.dartboard.search.dataset.DatasetPublisher;
import io.dartboard.search.event.EventLog;
import io.dartboard.search.event.KafkaEventLog;
import io.dartboard.search.order.OrderDesk;
import io.dartboard.search.request.RunDesk;
import io.dartboard.search.work.SearchJobRunner;
import io.dartboard.search.work.SelfTest;
import io.dartboard.training.Datasets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the service's own parts, each once. */
@ApplicationScoped
class SearchBeans {
    @Produces
    @Singleton
    EventLog log(KafkaSettings kafka, EventSender sender, ToldSchemas schemas, Lifecycle lifecycle) {
        var log = lifecycle.closeAtEnd("event log", new KafkaEventLog(kafka, sender, schemas));
        log.start();
        return log;
    }

    @Produces
    @Singleton
    DatasetPublisher publisher(ArtifactStore store, EventLog log, PipelineConfig config) {
        return new DatasetPublisher(store, log, config.workDir(), DatasetFolders.of(config));
    }

    @Produces
    @Singleton
    RunDesk desk(EventLog log, PipelineConfig config) {
        return new RunDesk(log, config.guard().act());
    }

    @Produces
    @Singleton
    OrderDesk orders(EventLog log, PipelineConfig config) {
        return new OrderDesk(log, config.guard().act());
    }

    @Produces
    @Singleton
    SelfTest selfTest() {
        return new SelfTest();
    }

    @Produces
    @Singleton
    SearchJobRunner runner(ArchiveCache archives, JobMeters meters, Clock clock, PipelineConfig config) {
        return new SearchJobRunner(new Datasets(archives, config.workDir()), LoaderThreads.of(config), meters, clock);
    }
}
