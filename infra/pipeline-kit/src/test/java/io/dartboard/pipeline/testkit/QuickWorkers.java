package io.dartboard.pipeline.testkit;

import io.dartboard.events.SearchJob;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.artifact.Checkpoints;
import io.dartboard.pipeline.artifact.ResultStore;
import io.dartboard.pipeline.config.CheckpointSettings;
import io.dartboard.pipeline.config.JobSettings;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.pipeline.job.JobIdentity;
import io.dartboard.pipeline.job.JobKind;
import io.dartboard.pipeline.job.JobTools;
import io.dartboard.pipeline.job.RunControl;
import io.dartboard.pipeline.lease.Leases;
import io.dartboard.pipeline.meters.CheckpointMeters;
import io.dartboard.pipeline.meters.JobMeters;
import io.dartboard.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What workers of a test work with, who are quick to try again and to leave. */
public record QuickWorkers(
        KafkaSettings kafka,
        EventSender sender,
        RunControl control,
        ArtifactStore store,
        SimpleMeterRegistry registry,
        Path folder) {
    public static final ServiceIdentity IDENTITY = new ServiceIdentity("test-svc", "1");
    private static final int MAX_ATTEMPTS = 3;

    /** Whose leases last so long. */
    public JobTools tools(Duration lease) {
        return tools(settings(lease, Duration.ofMinutes(1)), new Leases(store, lease, MAX_ATTEMPTS, Clock.systemUTC()));
    }

    /** With leases of the test's own. */
    public JobTools tools(JobSettings settings, Leases leases) {
        var clock = Clock.systemUTC();
        return new JobTools(
                kafka,
                settings,
                sender,
                SchemaBook.AS_IT_IS,
                control,
                leases,
                new ResultStore(store),
                new Checkpoints(
                        store,
                        new CheckpointSettings(folder, Duration.ofMinutes(5), 1, 3),
                        clock,
                        new CheckpointMeters(new SimpleMeterRegistry(), clock)),
                new JobMeters(registry, IDENTITY),
                clock,
                "test-host",
                folder);
    }

    public static JobSettings settings(Duration lease, Duration stallTimeout) {
        return new JobSettings(
                List.of("cpu"),
                lease,
                MAX_ATTEMPTS,
                Duration.ofMillis(50),
                stallTimeout,
                Duration.ofMillis(50),
                Duration.ofSeconds(1));
    }

    /** Workers at the searches of a topic that no other test uses. */
    public static JobKind<SearchJob> searches() {
        return new JobKind<>(
                Topics.SEARCH_JOBS,
                List.of("search"),
                "workers",
                job -> new JobIdentity(
                        job.getJob(), job.getRun(), job.getRequestEpoch(), "search", "searches/" + job.getJob()));
    }
}
