package io.dartboard.pipeline.job;

import io.dartboard.events.JobProgressed;
import io.dartboard.pipeline.artifact.CheckpointStore;
import io.dartboard.pipeline.meters.LiveGauges;
import io.dartboard.pipeline.meters.NasMeters;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;

/** One attempt at a job, as its runner sees it. */
final class RunningJob implements JobContext, AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final JobTools tools;
    private final String device;
    private final JobIdentity identity;
    private final int attempt;
    private final String causationId;
    private final Pulse pulse;
    private final FactOutbox outbox;
    private final CheckpointStore checkpoints;
    private final LiveGauges gauges;
    private final StopOrder stop;
    private Instant nextProgress = Instant.MIN;
    private boolean resumed;

    RunningJob(
            JobTools tools,
            String device,
            JobIdentity identity,
            int attempt,
            String causationId,
            Pulse pulse,
            StopOrder stop) {
        this.tools = tools;
        this.device = device;
        this.identity = identity;
        this.attempt = attempt;
        this.causationId = causationId;
        this.pulse = pulse;
        this.stop = stop;
        this.outbox = new FactOutbox(tools.sender(), "facts-" + identity.job());
        this.checkpoints = tools.checkpoints()
                .open(identity.job(), identity.prefix(), attempt, superseded -> stop.give(Signal.LOST, superseded));
        this.gauges = tools.meters().live(identity.stage(), identity.run(), identity.job());
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
        return device;
    }

    @Override
    public Signal signal() {
        beat();
        return current().signal();
    }

    @Override
    public String cause() {
        return current().cause();
    }

    @Override
    public void beat() {
        pulse.beat();
        gauges.set(NasMeters.JOB_LAST_STEP, pulse.last().getEpochSecond());
    }

    @Override
    public void progress(long step, double fraction, double etaSeconds, Throughput throughput, String message) {
        beat();
        gauges.set(NasMeters.JOB_PROGRESS, fraction);
        gauges.set(NasMeters.JOB_ETA, etaSeconds);
        gauges.set(NasMeters.JOB_IMAGES_PER_SECOND, throughput.imagesPerSecond());
        gauges.set(NasMeters.JOB_TOKENS_PER_SECOND, throughput.tokensPerSecond());
        var now = tools.clock().instant();
        if (now.isBefore(nextProgress) && fraction < 1) {
            return;
        }
        nextProgress = now.plus(tools.settings().progressInterval());
        var event = new JobProgressed(
                identity.job(),
                identity.run(),
                identity.stage(),
                attempt,
                fraction,
                etaSeconds,
                throughput.imagesPerSecond(),
                message,
                device,
                step,
                throughput.tokensPerSecond(),
                "",
                "");
        outbox.offer(Topics.PROGRESS, identity.job(), event, identity.run(), causationId);
    }

    @Override
    public void resumesAt(long step) {
        if (attempt > 1 && !resumed) {
            resumed = true;
            LostSteps.count(tools, identity, attempt, step);
        }
    }

    @Override
    public <V extends SpecificRecord> void publish(Topic<V> topic, String key, V fact) {
        outbox.put(topic, key, fact, identity.run(), causationId);
    }

    @Override
    public <T> T await(CompletableFuture<T> pending) throws InterruptedException {
        while (true) {
            try {
                return pending.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                var signal = signal();
                if (signal == Signal.CANCEL || signal == Signal.LOST) {
                    throw new CancellationException(cause());
                }
            } catch (ExecutionException e) {
                throw new CompletionException(e.getCause());
            }
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

    /** Waits until every checkpoint is stored and every fact told. */
    void flush() throws InterruptedException {
        checkpoints.flush();
        outbox.flush();
    }

    @Override
    public void close() {
        checkpoints.close();
        outbox.close();
        gauges.close();
    }

    /** The worker's word stands above the run's: a lost job has nothing more to say, a service that stops cannot wait. */
    private StopOrder.Word current() {
        var own = stop.word();
        if (own.signal() != Signal.NONE) {
            return own;
        }
        var run = tools.control().signal(identity.run());
        return run == Signal.NONE
                ? own
                : new StopOrder.Word(run, tools.control().cause(identity.run()));
    }
}
