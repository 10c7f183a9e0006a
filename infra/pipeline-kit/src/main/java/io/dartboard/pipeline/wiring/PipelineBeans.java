package io.dartboard.pipeline.wiring;

import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.artifact.Checkpoints;
import io.dartboard.pipeline.artifact.ResultStore;
import io.dartboard.pipeline.artifact.S3ArtifactStore;
import io.dartboard.pipeline.config.CacheSettings;
import io.dartboard.pipeline.config.CheckpointSettings;
import io.dartboard.pipeline.config.JobSettings;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.pipeline.config.StoreSettings;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.ToldSchemas;
import io.dartboard.pipeline.event.TopicAdmin;
import io.dartboard.pipeline.health.HealthBoard;
import io.dartboard.pipeline.health.KafkaProbe;
import io.dartboard.pipeline.health.Watch;
import io.dartboard.pipeline.job.JobTools;
import io.dartboard.pipeline.job.RunControl;
import io.dartboard.pipeline.lease.Leases;
import io.dartboard.pipeline.meters.CheckpointMeters;
import io.dartboard.pipeline.meters.EventMeters;
import io.dartboard.pipeline.meters.HealthMeters;
import io.dartboard.pipeline.meters.JobMeters;
import io.dartboard.pipeline.meters.PlainPage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the kit's parts from the configuration, each once and only where it is injected. */
@ApplicationScoped
public class PipelineBeans {
    private static final Duration WATCH_EVERY = Duration.ofSeconds(3);

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    ServiceIdentity service(
            @ConfigProperty(name = "quarkus.application.name", defaultValue = "dartboard") String name,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unversioned") String version) {
        return new ServiceIdentity(name, version);
    }

    @Produces
    @Singleton
    KafkaSettings kafka(PipelineConfig config) {
        return KafkaSettings.of(config);
    }

    @Produces
    @Singleton
    StoreSettings store(PipelineConfig config) {
        return StoreSettings.of(config);
    }

    @Produces
    @Singleton
    JobSettings jobs(PipelineConfig config) {
        return JobSettings.of(config);
    }

    @Produces
    @Singleton
    CheckpointSettings checkpointSettings(PipelineConfig config) {
        return CheckpointSettings.of(config);
    }

    /** Where the service enters its probes; Kafka's and the store's are entered by what uses them. */
    @Produces
    @Singleton
    HealthBoard health(MeterRegistry registry) {
        return new HealthBoard(new HealthMeters(registry));
    }

    @Produces
    @Singleton
    TopicAdmin topics(KafkaSettings kafka) {
        return new TopicAdmin(kafka);
    }

    /** The sender; with it the service is ready only while Kafka is there. */
    @Produces
    @Singleton
    EventSender sender(
            KafkaSettings kafka, ServiceIdentity service, Clock clock, HealthBoard health, Lifecycle lifecycle) {
        var sender = lifecycle.closeAtEnd("event sender", new EventSender(kafka, service, clock));
        var probe = lifecycle.closeAtEnd("Kafka probe", new KafkaProbe(kafka));
        health.ready("kafka", lifecycle.closeAtEnd("Kafka watch", new Watch("Kafka", WATCH_EVERY, probe)));
        return sender;
    }

    /** Follows and tells schemas from the moment it is injected; until its own are told the service is not ready. */
    @Produces
    @Singleton
    ToldSchemas schemas(
            KafkaSettings kafka, TopicAdmin topics, EventSender sender, HealthBoard health, Lifecycle lifecycle) {
        var schemas = lifecycle.closeAtEnd("schemas", ToldSchemas.telling(kafka, topics, sender));
        health.ready("schemas", schemas::trouble);
        schemas.start();
        return schemas;
    }

    /** The store; with it the service is ready only while the store is there. The bucket is made once the store is. */
    @Produces
    @Singleton
    ArtifactStore artifacts(StoreSettings settings, HealthBoard health, Lifecycle lifecycle) {
        var store = lifecycle.closeAtEnd("artifact store", new S3ArtifactStore(settings));
        var watch = new Watch("the artifact store", WATCH_EVERY, store::ensureBucket);
        health.ready("store", lifecycle.closeAtEnd("store watch", watch));
        return store;
    }

    @Produces
    @Singleton
    ArchiveCache archives(ArtifactStore store, PipelineConfig config, Clock clock) throws InterruptedException {
        var settings = CacheSettings.of(config);
        var archives = new ArchiveCache(store, settings.workDir(), clock);
        archives.removeUnused(settings.keep());
        return archives;
    }

    @Produces
    @Singleton
    ResultStore results(ArtifactStore store) {
        return new ResultStore(store);
    }

    @Produces
    @Singleton
    Leases leases(ArtifactStore store, JobSettings settings, Clock clock) {
        return new Leases(store, settings.lease(), settings.maxAttempts(), clock);
    }

    @Produces
    @Singleton
    MeterFilter page() {
        return new PlainPage();
    }

    @Produces
    @Singleton
    CheckpointMeters checkpointMeters(MeterRegistry registry, Clock clock) {
        return new CheckpointMeters(registry, clock);
    }

    @Produces
    @Singleton
    JobMeters jobMeters(MeterRegistry registry, ServiceIdentity service) {
        return new JobMeters(registry, service);
    }

    @Produces
    @Singleton
    EventMeters eventMeters(MeterRegistry registry, Clock clock) {
        return new EventMeters(registry, clock);
    }

    @Produces
    @Singleton
    Checkpoints checkpoints(ArtifactStore store, CheckpointSettings settings, Clock clock, CheckpointMeters meters) {
        return new Checkpoints(store, settings, clock, meters);
    }

    /** Listens from the moment it is injected. */
    @Produces
    @Singleton
    RunControl runControl(KafkaSettings kafka, ServiceIdentity service, ToldSchemas schemas, Lifecycle lifecycle) {
        var control = lifecycle.closeAtEnd("run control", new RunControl(kafka, service.name(), schemas));
        control.start();
        return control;
    }

    @Produces
    @Singleton
    JobTools jobTools(
            KafkaSettings kafka,
            JobSettings settings,
            EventSender sender,
            ToldSchemas schemas,
            RunControl control,
            Leases leases,
            ResultStore results,
            Checkpoints checkpoints,
            JobMeters meters,
            Clock clock,
            PipelineConfig config) {
        return new JobTools(
                kafka,
                settings,
                sender,
                schemas,
                control,
                leases,
                results,
                checkpoints,
                meters,
                clock,
                host(sender),
                config.workDir());
    }

    /** Several workers of a service may share a host. */
    private static String host(EventSender sender) {
        var process = ProcessHandle.current().pid();
        try {
            return "%s@%s-%d"
                    .formatted(
                            sender.service().name(), InetAddress.getLocalHost().getHostName(), process);
        } catch (UnknownHostException e) {
            return "%s-%d".formatted(sender.service().name(), process);
        }
    }
}
