package io.dartboard.pipeline.testkit;

import io.dartboard.events.EpochJudged;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.artifact.CheckpointStore;
import io.dartboard.pipeline.artifact.Checkpoints;
import io.dartboard.pipeline.artifact.Fence;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.config.CheckpointSettings;
import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.pipeline.job.JobContext;
import io.dartboard.pipeline.job.JobIdentity;
import io.dartboard.pipeline.job.Signal;
import io.dartboard.pipeline.job.Throughput;
import io.dartboard.pipeline.meters.CheckpointMeters;
import io.dartboard.pipeline.meters.JobMeters;
import io.dartboard.pipeline.meters.LiveGauges;
import io.dartboard.schemas.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;

/** A job's surroundings without Kafka; tells the job to stop after so many steps. */
public final class FakeJobContext implements JobContext, AutoCloseable {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final JobMeters meters = new JobMeters(registry, new ServiceIdentity("test-svc", "1"));
    private final JobIdentity identity;
    private final int attempt;
    private final CheckpointStore checkpoints;
    private final LiveGauges gauges;
    private final List<Double> progress = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final List<EpochJudged> judged = new ArrayList<>();
    private final List<String> preparing = new ArrayList<>();
    private final List<SpecificRecord> published = new CopyOnWriteArrayList<>();
    private Signal signal = Signal.NONE;
    private Throughput throughput = new Throughput(0, 0);
    private long steps;
    private long resumedAt = -1;
    private long signalAfter = Long.MAX_VALUE;

    /**
     * Surrounds a job.
     *
     * @param interval time between two checkpoints within an epoch
     * @param workDir an empty folder
     */
    public FakeJobContext(
            JobIdentity identity, int attempt, ArtifactStore store, Path workDir, Duration interval, Clock clock) {
        this(identity, attempt, store, workDir, interval, Integer.MAX_VALUE, clock);
    }

    /**
     * Surrounds a job.
     *
     * @param interval time between two checkpoints within an epoch
     * @param epochs epochs between two checkpoints
     * @param workDir an empty folder
     */
    public FakeJobContext(
            JobIdentity identity,
            int attempt,
            ArtifactStore store,
            Path workDir,
            Duration interval,
            int epochs,
            Clock clock) {
        this.identity = identity;
        this.attempt = attempt;
        this.checkpoints = new Checkpoints(
                        store,
                        new CheckpointSettings(workDir, interval, epochs, 3),
                        clock,
                        new CheckpointMeters(registry, clock))
                .open(identity.job(), identity.prefix(), attempt, Fence.NONE, superseded -> {});
        this.gauges = meters.live(identity.stage(), identity.run(), identity.job());
    }

    /** Gives this signal once so many steps have told their progress. */
    public FakeJobContext stopAfter(long stepsDone, Signal then) {
        signalAfter = stepsDone;
        signal = then;
        return this;
    }

    /** The activities and reasons to wait that were told while the job prepared, each once in a row. */
    public List<String> preparing() {
        return preparing;
    }

    /** Where meters are counted. */
    public MeterRegistry registry() {
        return registry;
    }

    /** The job's meters. */
    public JobMeters meters() {
        return meters;
    }

    /** The fractions told, in order. */
    public List<Double> progress() {
        return progress;
    }

    /** The lines for people told with them. */
    public List<String> messages() {
        return messages;
    }

    /** The epochs that were judged, in order. */
    public List<EpochJudged> judged() {
        return judged;
    }

    /** How fast the job last told that it was. */
    public Throughput throughput() {
        return throughput;
    }

    /** The facts told, in order, from whichever thread. */
    public List<SpecificRecord> published() {
        return published;
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
        return steps >= signalAfter ? signal : Signal.NONE;
    }

    @Override
    public String cause() {
        return signal().stops() ? "the test said so" : "";
    }

    @Override
    public void beat() {
        // Nobody watches.
    }

    @Override
    public Preparation preparation() {
        return new Preparation() {
            @Override
            public void at(String activity, long done, long total) {
                prepares(activity);
            }

            @Override
            public void waits(String reason) {
                prepares(reason);
            }
        };
    }

    private void prepares(String what) {
        if (signal().stops()) {
            throw new CancellationException(cause());
        }
        if (preparing.isEmpty() || !preparing.get(preparing.size() - 1).equals(what)) {
            preparing.add(what);
        }
    }

    @Override
    public void progress(long step, double fraction, double etaSeconds, Throughput throughput, String message) {
        steps++;
        this.throughput = throughput;
        progress.add(fraction);
        messages.add(message);
    }

    @Override
    public void judged(EpochJudged epoch) {
        judged.add(epoch);
    }

    @Override
    public void resumesAt(long step) {
        resumedAt = step;
    }

    /** The step that the job has told to go on at; negative before. */
    public long resumedAt() {
        return resumedAt;
    }

    @Override
    public <V extends SpecificRecord> void publish(Topic<V> topic, String key, V fact) {
        published.add(fact);
    }

    @Override
    public <T> T await(CompletableFuture<T> written) throws InterruptedException {
        try {
            return written.get();
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
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
        gauges.close();
    }
}
