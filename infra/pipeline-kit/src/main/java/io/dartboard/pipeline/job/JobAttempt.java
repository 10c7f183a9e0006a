package io.dartboard.pipeline.job;

import io.dartboard.events.JobFailed;
import io.dartboard.pipeline.artifact.AttemptSuperseded;
import io.dartboard.pipeline.artifact.JobResult;
import io.dartboard.pipeline.artifact.Patience;
import io.dartboard.pipeline.artifact.StoreUnavailable;
import io.dartboard.pipeline.deadletter.DeadLetters;
import io.dartboard.pipeline.event.Backoff;
import io.dartboard.pipeline.identity.EventId;
import io.dartboard.schemas.Envelope;
import io.dartboard.schemas.Topics;
import io.dartboard.schemas.UnreadableEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deals with one delivery of a job's record, on the training thread, until nothing is left to say: by then the result is
 * written and told, or the failure is, or the job stands on its topic again.
 */
final class JobAttempt<J extends SpecificRecord> implements Callable<Disposition> {
    private static final Logger LOG = LoggerFactory.getLogger(JobAttempt.class);
    /** A record delivered so often is replaced by a new one before the broker's own limit can drop it. */
    private static final int DELIVERIES_OF_ONE_RECORD = 3;

    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
    private static final Duration CONTROL_WITHIN = Duration.ofSeconds(10);
    private static final Duration PAUSE_BETWEEN_LOOKS = Duration.ofMillis(100);

    private final JobTools tools;
    private final JobKind<J> kind;
    private final JobRunner<J> runner;
    private final String device;
    private final ConsumerRecord<byte[], byte[]> record;
    private final StopOrder stop;
    private final Pulse pulse;

    JobAttempt(
            JobTools tools,
            JobKind<J> kind,
            JobRunner<J> runner,
            String device,
            ConsumerRecord<byte[], byte[]> record,
            StopOrder stop,
            Pulse pulse) {
        this.tools = tools;
        this.kind = kind;
        this.runner = runner;
        this.device = device;
        this.record = record;
        this.stop = stop;
        this.pulse = pulse;
    }

    @Override
    public Disposition call() throws InterruptedException {
        J job;
        JobIdentity identity;
        try {
            if (record.key() == null || record.value() == null) {
                throw new UnreadableEvent("a job needs a key and a value");
            }
            job = kind.topic().decode(record.value());
            identity = kind.identity().apply(job);
        } catch (UnreadableEvent e) {
            deadLetter(String.valueOf(e.getMessage()), "");
            return Disposition.ACCEPT;
        }
        return deal(job, identity);
    }

    private Disposition deal(J job, JobIdentity identity) throws InterruptedException {
        var failed = FailedAttempts.before(record);
        var known = Patience.outlast(() -> tools.results().read(identity.prefix()));
        if (known.isPresent()) {
            tell(known.get(), identity);
            tools.meters().finished(identity.stage(), "repeated", "none", Duration.ZERO, device);
            return Disposition.ACCEPT;
        }
        if (isOver(identity)) {
            log(identity, 0, "not started: " + tools.control().cause(identity.run()));
            return Disposition.ACCEPT;
        }
        if (failed >= tools.settings().maxAttempts()) {
            giveUp(identity, failed, "its worker died %d times".formatted(failed));
            return Disposition.ACCEPT;
        }
        if (FailedAttempts.deliveries(record) >= DELIVERIES_OF_ONE_RECORD) {
            tools.sender().deliver(FailedAttempts.again(record, failed));
            return Disposition.ACCEPT;
        }
        var attempt = Patience.outlast(() -> tools.attempts().begin(identity.prefix(), tools.host()));
        if (attempt == 1) {
            var waited = Duration.between(
                    Instant.ofEpochMilli(record.timestamp()), tools.clock().instant());
            tools.meters().waited(identity.stage(), waited.isNegative() ? Duration.ZERO : waited);
        }
        return run(job, identity, attempt, failed);
    }

    /** A run may have been resumed or begun again after the last we heard, and its job sent because of it: so ask again. */
    private boolean isOver(JobIdentity identity) throws InterruptedException {
        if (tools.control().signal(identity.run()).stops()) {
            while (!tools.control().sync(CONTROL_WITHIN)) {
                pulse.beat();
                if (stop.word().signal().stops()) {
                    return false;
                }
            }
        }
        return tools.control().signal(identity.run()).stops();
    }

    private Disposition run(J job, JobIdentity identity, int attempt, int failed) throws InterruptedException {
        var begun = tools.clock().instant();
        tools.meters().started(identity.stage());
        log(identity, attempt, "started");
        try (var context = new RunningJob(tools, device, identity, attempt, causationId(), pulse, stop)) {
            var outages = Backoff.forOutages();
            while (true) {
                try {
                    return settle(train(job, context), context, failed, begun);
                } catch (InterruptedException | InterruptException e) {
                    throw e;
                } catch (Exception e) {
                    var cause = unwrap(e);
                    if (cause instanceof CancellationException
                            && context.signal().stops()) {
                        return settle(Outcome.stopped(), context, failed, begun);
                    }
                    if (!(cause instanceof StoreUnavailable) && !(cause instanceof RetriableException)) {
                        return failed(cause, context, failed, begun);
                    }
                    LOG.warn("{} waits and is then tried again: {}", identity.job(), cause.getMessage());
                } catch (OutOfMemoryError | LinkageError | StackOverflowError | AssertionError e) {
                    return failed(e, context, failed, begun);
                }
                if (!sleep(outages.next(), context)) {
                    return settle(Outcome.stopped(), context, failed, begun);
                }
            }
        }
    }

    private Outcome train(J job, RunningJob context) throws Exception {
        pulse.training(true);
        try {
            return runner.run(job, context);
        } finally {
            pulse.training(false);
        }
    }

    private Disposition settle(Outcome outcome, RunningJob context, int failed, Instant begun)
            throws InterruptedException {
        var identity = context.identity();
        if (outcome instanceof Outcome.Done<?> done) {
            context.flush();
            var result = store(done, context);
            tell(result, identity);
            finished(context, "succeeded", "none", begun);
            return Disposition.ACCEPT;
        }
        var signal = context.signal();
        log(identity, context.attempt(), "stopped: " + context.cause());
        return switch (signal) {
            case LOST -> {
                finished(context, "lost", "lock", begun);
                yield Disposition.LEAVE;
            }
            case SHUTDOWN -> {
                context.flush();
                if (Patience.outlast(() -> tools.attempts().newest(identity.prefix())) > context.attempt()) {
                    finished(context, "lost", "superseded", begun);
                    yield Disposition.LEAVE;
                }
                tools.sender().deliver(FailedAttempts.again(record, failed));
                finished(context, "stopped", "shutdown", begun);
                yield Disposition.ACCEPT;
            }
            case PAUSE -> {
                context.flush();
                finished(context, "stopped", "pause", begun);
                yield Disposition.ACCEPT;
            }
            case CANCEL -> {
                finished(context, "stopped", "cancel", begun);
                yield Disposition.ACCEPT;
            }
            case NONE ->
                failed(new IllegalStateException("the job stopped though nothing told it to"), context, failed, begun);
        };
    }

    private <V extends SpecificRecord> JobResult<?> store(Outcome.Done<V> done, RunningJob context)
            throws InterruptedException {
        var result = new JobResult<>(done.topic(), done.key(), done.fact(), context.attempt());
        return Patience.outlast(
                () -> tools.results().writeOnce(context.identity().prefix(), result));
    }

    private Disposition failed(Throwable cause, RunningJob context, int failedBefore, Instant begun)
            throws InterruptedException {
        var identity = context.identity();
        if (cause instanceof AttemptSuperseded) {
            log(identity, context.attempt(), String.valueOf(cause.getMessage()));
            finished(context, "lost", "superseded", begun);
            return Disposition.LEAVE;
        }
        var reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        if (cause instanceof JobRefused) {
            LOG.atError()
                    .addKeyValue("job", identity.job())
                    .addKeyValue("run", identity.run())
                    .log("refused: {}", reason);
            fail(identity, context.attempt(), reason, false);
            finished(context, "refused", "refused", begun);
            return Disposition.ACCEPT;
        }
        LOG.atError()
                .addKeyValue("job", identity.job())
                .addKeyValue("run", identity.run())
                .addKeyValue("attempt", context.attempt())
                .setCause(cause)
                .log("attempt failed");
        var failed = failedBefore + 1;
        finished(context, "failed", cause instanceof OutOfMemoryError ? "memory" : "error", begun);
        if (failed >= tools.settings().maxAttempts()) {
            giveUp(identity, context.attempt(), reason);
            return Disposition.ACCEPT;
        }
        fail(identity, context.attempt(), reason, true);
        var backoff = new Backoff(tools.settings().retryBackoff(), LONGEST_BACKOFF);
        for (var earlier = 0; earlier < failedBefore; earlier++) {
            backoff.next();
        }
        sleep(backoff.next(), context);
        if (context.signal() == Signal.LOST) {
            return Disposition.LEAVE;
        }
        tools.sender().deliver(FailedAttempts.again(record, failed));
        return Disposition.ACCEPT;
    }

    private void giveUp(JobIdentity identity, int attempt, String reason) throws InterruptedException {
        var cause = "given up after %d failed attempts; the last: %s"
                .formatted(tools.settings().maxAttempts(), reason);
        LOG.atError()
                .addKeyValue("job", identity.job())
                .addKeyValue("run", identity.run())
                .log(cause);
        fail(identity, attempt, cause, false);
        deadLetter(cause, identity.run());
    }

    private void fail(JobIdentity identity, int attempt, String cause, boolean retryable) throws InterruptedException {
        var fact = new JobFailed(
                identity.job(),
                identity.run(),
                identity.stage(),
                attempt,
                cause,
                retryable,
                tools.host(),
                0,
                List.of());
        tools.sender().deliver(Topics.FAILURES, identity.job(), fact, identity.run(), causationId());
    }

    private void deadLetter(String reason, String run) throws InterruptedException {
        LOG.atWarn()
                .addKeyValue("topic", record.topic())
                .addKeyValue("offset", record.offset())
                .log("dead-lettered a record: {}", reason);
        var letter = DeadLetters.of(record, reason, tools.sender().service().name());
        tools.sender().deliver(Topics.DEAD_LETTERS, DeadLetters.key(letter), letter, run, causationId());
        tools.meters().deadLettered(record.topic());
    }

    private <V extends SpecificRecord> void tell(JobResult<V> result, JobIdentity identity)
            throws InterruptedException {
        tools.sender().deliver(result.topic(), result.key(), result.fact(), identity.run(), causationId());
    }

    private void finished(RunningJob context, String outcome, String reason, Instant begun) {
        var took = Duration.between(begun, tools.clock().instant());
        tools.meters().finished(context.identity().stage(), outcome, reason, took, device);
        log(context.identity(), context.attempt(), outcome);
    }

    private String causationId() {
        return Envelope.readFrom(record.headers())
                .map(Envelope::id)
                .orElseGet(() -> EventId.of(
                        record.topic(),
                        record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
                        record.value() == null ? new byte[0] : record.value()));
    }

    private static Throwable unwrap(Throwable e) {
        var cause = e;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Sleeps and shows life; false if the job was told to stop meanwhile. */
    private boolean sleep(Duration pause, RunningJob context) throws InterruptedException {
        var end = System.nanoTime() + pause.toNanos();
        while (System.nanoTime() < end) {
            if (context.signal().stops()) {
                return false;
            }
            Thread.sleep(Math.min(PAUSE_BETWEEN_LOOKS.toMillis(), pause.toMillis()));
        }
        return true;
    }

    private static void log(JobIdentity identity, int attempt, String what) {
        LOG.atInfo()
                .addKeyValue("job", identity.job())
                .addKeyValue("run", identity.run())
                .addKeyValue("stage", identity.stage())
                .addKeyValue("attempt", attempt)
                .log("job {}", what);
    }
}
