package io.dartboard.search;

import io.dartboard.pipeline.artifact.CheckpointStore;
import io.dartboard.pipeline.artifact.Checkpoints;
import io.dartboard.pipeline.config.CheckpointSettings;
import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.pipeline.job.JobContext;
import io.dartboard.pipeline.job.JobIdentity;
import io.dartboard.pipeline.job.Signal;
import io.dartboard.pipeline.meters.CheckpointMeters;
import io.dartboard.pipeline.meters.JobMeters;
import io.dartboard.pipeline.meters.LiveGauges;
import io.dartboard.schemas.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.specific.SpecificRecord;

/** One attempt at a search, as its worker would run it; told to stop after so many steps. */
final class FakeJobContext implements JobContext, AutoCloseable {
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final JobMeters meters = new JobMeters(registry, new ServiceIdentity("search-svc", "test"));
    private final JobIdentity identity;
    private final int attempt;
    private final CheckpointStore checkpoints;
    private final LiveGauges gauges;
    private final Signal signal;
    private final int after;
    private final List<SpecificRecord> told = new CopyOnWriteArrayList<>();
    private int steps;

    FakeJobContext(
            JobIdentity identity, int attempt, FakeArtifactStore store, Path workDir, Signal signal, int afterSteps) {
        this.identity = identity;
        this.attempt = attempt;
        this.signal = signal;
        this.after = afterSteps;
        this.checkpoints = new Checkpoints(
                        store,
                        new CheckpointSettings(workDir, Duration.ofHours(1), 3),
                        Clock.systemUTC(),
                        new CheckpointMeters(registry, Clock.systemUTC()))
                .open(identity.job(), identity.prefix(), attempt, superseded -> {});
        this.gauges = meters.live(identity.stage(), identity.run(), identity.job());
    }

    List<SpecificRecord> told() {
        return List.copyOf(told);
    }

    int steps() {
        return steps;
    }

    @Override
    public JobIdentity identity() {
        return identity;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public Signal signal() {
        return steps >= after ? signal : Signal.NONE;
    }

    @Override
    public String cause() {
        return "";
    }

    @Override
    public void beat() {}

    @Override
    public void progress(double fraction, double etaSeconds, double imagesPerSecond, String message) {
        steps++;
    }

    @Override
    public <V extends SpecificRecord> void publish(Topic<V> topic, String key, V fact) {
        told.add(fact);
    }

    @Override
    public <T> T await(CompletableFuture<T> pending) {
        return pending.join();
    }

    @Override
    public CheckpointStore checkpoints() {
        return checkpoints;
    }

    @Override
    public LiveGauges gauges() {
        return gauges;
    }

    @Override
    public void close() {
        checkpoints.close();
    }
}
