package io.dartboard.search;

import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.artifact.S3ArtifactStore;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.config.LoaderThreads;
import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.pipeline.config.StoreSettings;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.GroupReader;
import io.dartboard.pipeline.event.ToldSchemas;
import io.dartboard.pipeline.evidence.EvidenceShelf;
import io.dartboard.pipeline.health.HealthBoard;
import io.dartboard.pipeline.meters.JobMeters;
import io.dartboard.pipeline.wiring.Lifecycle;
import io.dartboard.search.dataset.DatasetBuckets;
import io.dartboard.search.dataset.DatasetFolders;
import io.dartboard.search.dataset.DatasetPublisher;
import io.dartboard.search.event.EventLog;
import io.dartboard.search.event.KafkaEventLog;
import io.dartboard.search.event.TriggerMeters;
import io.dartboard.search.order.OrderDesk;
import io.dartboard.search.order.OrderMeters;
import io.dartboard.search.plan.BudgetMeters;
import io.dartboard.search.request.RequestTerms;
import io.dartboard.search.request.RunDesk;
import io.dartboard.search.source.Notifications;
import io.dartboard.search.source.SourceWatch;
import io.dartboard.search.source.WebhookToken;
import io.dartboard.search.work.SearchJobRunner;
import io.dartboard.search.work.SelfTest;
import io.dartboard.training.Datasets;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** Makes the service's own parts, each once. */
@ApplicationScoped
class SearchBeans {
    @Produces
    @Singleton
    TriggerMeters triggerMeters(MeterRegistry registry) {
        return new TriggerMeters(registry);
    }

    @Produces
    @Singleton
    BudgetMeters budgetMeters(MeterRegistry registry, Clock clock) {
        return new BudgetMeters(registry, clock);
    }

    @Produces
    @Singleton
    OrderMeters orderMeters(MeterRegistry registry, Clock clock) {
        return new OrderMeters(registry, clock);
    }

    @Produces
    @Singleton
    EventLog log(
            KafkaSettings kafka, EventSender sender, ToldSchemas schemas, TriggerMeters meters, Lifecycle lifecycle) {
        var log = lifecycle.closeAtEnd("event log", new KafkaEventLog(kafka, sender, schemas, meters));
        log.start();
        return log;
    }

    @Produces
    @Singleton
    DatasetBuckets buckets(ArtifactStore store, StoreSettings settings, PipelineConfig config, Lifecycle lifecycle) {
        var others = config.datasets().buckets().orElse(List.of()).stream()
                .map(bucket -> new S3ArtifactStore(settings.of(bucket.strip())))
                .map(other -> lifecycle.closeAtEnd("bucket of datasets", other))
                .toList();
        return new DatasetBuckets(store, others);
    }

    @Produces
    @Singleton
    DatasetPublisher publisher(ArtifactStore store, EventLog log, PipelineConfig config, DatasetBuckets buckets) {
        return new DatasetPublisher(store, log, config.workDir(), DatasetFolders.of(config), buckets);
    }

    /** Watches from the moment it is injected. */
    @Produces
    @Singleton
    SourceWatch sources(
            EventLog log,
            DatasetPublisher publisher,
            DatasetBuckets buckets,
            TriggerMeters meters,
            Clock clock,
            Lifecycle lifecycle) {
        var watch = lifecycle.closeAtEnd("watched sources", new SourceWatch(log, publisher, buckets, meters, clock));
        watch.start();
        return watch;
    }

    /** Follows the topic of notifications, where there is one, from the moment it is injected. */
    @Produces
    @Singleton
    Notifications notifications(
            SourceWatch sources,
            TriggerMeters meters,
            KafkaSettings kafka,
            EventSender sender,
            PipelineConfig config,
            HealthBoard health,
            Lifecycle lifecycle) {
        var notifications = new Notifications(sources, meters);
        config.notifications().topic().map(String::strip).ifPresent(topic -> {
            var reader = lifecycle.closeAtEnd(
                    "notifications",
                    new GroupReader(kafka, topic, "dartboard-notifications", 500, sender, notifications::take));
            health.note("notifications", reader::trouble);
            reader.start();
        });
        return notifications;
    }

    @Produces
    @Singleton
    WebhookToken token(PipelineConfig config) {
        return WebhookToken.of(config);
    }

    @Produces
    @Singleton
    RunDesk desk(EventLog log, PipelineConfig config) {
        return new RunDesk(log, RequestTerms.of(config));
    }

    @Produces
    @Singleton
    EvidenceShelf evidence(ArtifactStore store) {
        return new EvidenceShelf(store);
    }

    @Produces
    @Singleton
    OrderDesk orders(EventLog log, PipelineConfig config, DatasetBuckets buckets, Clock clock) {
        return new OrderDesk(log, RequestTerms.of(config), buckets, clock);
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
