package io.dartboard.pipeline.job;

import io.dartboard.events.EpochJudged;
import io.dartboard.events.JobProgressed;
import io.dartboard.pipeline.artifact.CheckpointStore;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.lease.Lease;
import io.dartboard.pipeline.lease.LeaseState;
import io.dartboard.pipeline.lease.LeaseState.Ending;
import io.dartboard.pipeline.meters.LiveGauges;
import io.dartboard.pipeline.meters.NasMeters;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** One attempt at a job, as its runner sees it. */
final class RunningJob implements JobContext, AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final JobTools tools;
    private final String device;
    private final JobIdentity identity;
    private final int attempt;
    private final Ending before;
    private final String causationId;
    private final Pulse pulse;
    private final FactOutbox outbox;
    private final CheckpointStore checkpoints;
    private final LiveGauges gauges;
    private final StopOrder stop;
    private final CompletableFuture<List<JobProgressed>> toldBefore;
    private final Instant begunAt;
    private final Object telling = new Object();
    private Instant nextProgress = Instant.MIN;
    private double fraction;
    private long step;
    private boolean begun;
    private boolean resumed;
    private @Nullable EpochJudged judged;
    private @Nullable JobProgressed newest;
    private volatile boolean toldToStop;

    RunningJob(
            JobTools tools,
            String device,
            JobIdentity identity,
            Lease lease,
            String causationId,
            Pulse pulse,
            StopOrder stop) {
        this.tools = tools;
        this.device = device;
        this.identity = identity;
        this.attempt = lease.token();
        this.before = lease.before();
        this.causationId = causationId;
        this.pulse = pulse;
        this.stop = stop;
        this.begunAt = tools.clock().instant();
        this.outbox = new FactOutbox(tools.sender(), "facts-" + identity.job());
        this.checkpoints = tools.checkpoints()
                .open(
                        identity.job(),
                        identity.prefix(),
                        attempt,
                        lease,
                        superseded -> stop.give(Signal.LOST, superseded));
        this.gauges = tools.meters().live(identity.stage(), identity.run(), identity.job());
        this.toldBefore = attempt > 1 ? LostSteps.told(tools, identity) : CompletableFuture.completedFuture(List.of());
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
        var signal = current().signal();
        toldToStop |= signal != Signal.NONE;
        return signal;
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
    public Preparation preparation() {
        return new Preparation() {
            @Override
            public void at(String activity, long done, long total) {
                prepares("prepare", total > 0 ? activity + ": " + bytes(done, total) : activity);
            }

            @Override
            public void waits(String reason) {
                prepares("wait", reason);
            }
        };
    }

    @Override
    public void progress(long step, double fraction, double etaSeconds, Throughput throughput, String message) {
        beat();
        gauges.set(NasMeters.JOB_PROGRESS, fraction);
        show(NasMeters.JOB_ETA, etaSeconds, etaSeconds >= 0);
        show(NasMeters.JOB_IMAGES_PER_SECOND, throughput.imagesPerSecond(), throughput.imagesPerSecond() > 0);
        show(NasMeters.JOB_TOKENS_PER_SECOND, throughput.tokensPerSecond(), throughput.tokensPerSecond() > 0);
        synchronized (telling) {
            this.step = step;
            this.fraction = fraction;
            begun = true;
            tell("train", etaSeconds, throughput, message, fraction >= 1);
        }
    }

    @Override
    public void judged(EpochJudged epoch) {
        synchronized (telling) {
            judged = epoch;
        }
    }

    private void show(NasMeters meter, double value, boolean isKnown) {
        if (isKnown) {
            gauges.set(meter, value);
        } else {
            gauges.unset(meter);
        }
    }

    /** The lease has been written into the store. */
    void holds(LeaseState lease) {
        gauges.set(NasMeters.JOB_LEASE_RENEWED, tools.clock().instant().getEpochSecond());
        gauges.set(NasMeters.JOB_ATTEMPTS, lease.withoutProgress());
    }

    /** Tells that the job is in somebody's hand, as soon as that takes the place of nothing that is still to be read. */
    void begins() {
        toldBefore.thenRun(this::showLife);
    }

    /** Tells the newest word again, from whichever thread: the job has its worker, though that may be waiting. */
    void showLife() {
        synchronized (telling) {
            if (newest != null) {
                repeat(newest);
            } else if (takesUp()) {
                tell("wait", -1, new Throughput(0, 0), "begun", true);
            }
        }
    }

    /** Tells the newest word once more, with the seconds that the attempt has come to. */
    void ends() {
        synchronized (telling) {
            if (newest != null) {
                repeat(newest);
            }
        }
    }

    private void repeat(JobProgressed word) {
        newest =
                JobProgressed.newBuilder(word).setDeviceSeconds(deviceSeconds()).build();
        send(newest);
    }

    /** Seconds that the job has held devices, by what the attempts before have told and by this one's clock. */
    private double deviceSeconds() {
        var before = toldBefore.isDone()
                ? toldBefore.join().stream()
                        .filter(told -> told.getJob().equals(identity.job()))
                        .mapToDouble(JobProgressed::getDeviceSeconds)
                        .max()
                        .orElse(0)
                : 0;
        return before + Duration.between(begunAt, tools.clock().instant()).toMillis() / 1e3;
    }

    /** True if the job has ever been told to stop or to finish. */
    boolean wasToldToStop() {
        return toldToStop;
    }

    /** Shows life and hears stop; tells of it with the fraction that the training had, so that no reader sees it go back. */
    private void prepares(String phase, String message) {
        if (signal().stops()) {
            throw new CancellationException(cause());
        }
        synchronized (telling) {
            if (takesUp()) {
                tell(phase, -1, new Throughput(0, 0), message, false);
            }
        }
    }

    /** Takes up where the attempt before was; false while that has not been read, and must not be written over. */
    private boolean takesUp() {
        if (!begun && toldBefore.isDone()) {
            begun = true;
            toldBefore.join().stream()
                    .filter(told -> told.getJob().equals(identity.job()))
                    .reduce((older, newer) -> newer)
                    .ifPresent(told -> {
                        step = told.getStep();
                        fraction = told.getFraction();
                        judged = told.getJudged();
                    });
        }
        return begun;
    }

    private void tell(String phase, double etaSeconds, Throughput throughput, String message, boolean inAnyCase) {
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
                phase,
                tools.host(),
                deviceSeconds(),
                judged);
        newest = event;
        var now = tools.clock().instant();
        if (inAnyCase || !now.isBefore(nextProgress)) {
            nextProgress = now.plus(tools.settings().progressInterval());
            send(event);
        }
    }

    private void send(JobProgressed event) {
        outbox.offer(Topics.PROGRESS, identity.job(), event, identity.run(), causationId);
    }

    private static String bytes(long done, long total) {
        var mega = total >= 10_000_000;
        var unit = mega ? 1e6 : 1e3;
        return String.format(Locale.ROOT, "%.0f of %.0f %s", done / unit, total / unit, mega ? "MB" : "kB");
    }

    @Override
    public void resumesAt(long step) {
        if (attempt > 1 && !resumed) {
            resumed = true;
            toldBefore.thenAccept(told -> LostSteps.count(tools, identity, attempt, before, step, told));
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
        var asked = tools.control().signal(identity);
        return asked == Signal.NONE
                ? own
                : new StopOrder.Word(asked, tools.control().cause(identity));
    }
}
