package io.dartboard.pipeline.job;

import io.dartboard.pipeline.artifact.AttemptSuperseded;
import io.dartboard.pipeline.artifact.JobResult;
import io.dartboard.pipeline.artifact.Patience;
import io.dartboard.pipeline.artifact.StoreUnavailable;
import io.dartboard.pipeline.artifact.WorkDirUnavailable;
import io.dartboard.pipeline.event.Backoff;
import io.dartboard.pipeline.event.RunTrail;
import io.dartboard.pipeline.lease.Lease;
import io.dartboard.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One attempt at a job, under its lease, on the training thread, until nothing is left to say: by then the result is
 * written and told, or the failure is, or the job stands on its topic again; and the lease is let go.
 */
final class JobAttempt<J extends SpecificRecord> implements Callable<JobAttempt.End> {
    private static final Logger LOG = LoggerFactory.getLogger(JobAttempt.class);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
    private static final Duration PAUSE_BETWEEN_LOOKS = Duration.ofMillis(100);

    private final JobTools tools;
    private final JobRunner<J> runner;
    private final JobWords words;
    private final String device;
    private final JobRecord<J> record;
    private final Lease lease;
    private final Pulse pulse;
    private final RunningJob context;
    private final Instant begun;

    JobAttempt(
            JobTools tools,
            JobRunner<J> runner,
            JobWords words,
            String device,
            JobRecord<J> record,
            Lease lease,
            StopOrder stop,
            Pulse pulse) {
        this.tools = tools;
        this.runner = runner;
        this.words = words;
        this.device = device;
        this.record = record;
        this.lease = lease;
        this.pulse = pulse;
        this.begun = tools.clock().instant();
        this.context = new RunningJob(tools, device, record.identity(), lease, record.causationId(), pulse, stop);
    }

    /** What is left to do with the job's record. */
    enum End {
        /** Nothing: a result, a failure or a successor record stands for it. */
        SETTLED,
        /** It was put down because nobody wanted it; somebody may have changed their mind meanwhile. */
        PUT_DOWN
    }

    /** Shows that the lease has been written. */
    void holdsLease() {
        context.holds(lease.state());
    }

    /** Tells that the job is in somebody's hand; called now and then by whoever keeps the lease. */
    void showLife() {
        context.showLife();
    }

    @Override
    public End call() throws InterruptedException {
        try (var run = RunTrail.of(record.identity().run());
                var job = MDC.putCloseable("job", record.identity().job());
                var number = MDC.putCloseable("attempt", Integer.toString(lease.token()))) {
            return attempt();
        }
    }

    private End attempt() throws InterruptedException {
        tools.meters().started(record.identity().stage());
        JobWords.log(record.identity(), lease.token(), "started");
        context.begins();
        context.holds(lease.state());
        try (context) {
            try {
                return run();
            } catch (InterruptedException | InterruptException e) {
                throw e;
            } catch (AttemptSuperseded e) {
                return lost(String.valueOf(e.getMessage()), "superseded");
            } catch (RuntimeException e) {
                // Telling how it ended has failed; that counts as a failure of the attempt, and is told instead.
                return failed(unwrap(e));
            }
        }
    }

    private End run() throws InterruptedException {
        var outages = Backoff.forOutages();
        while (true) {
            try {
                return settle(train());
            } catch (InterruptedException | InterruptException e) {
                throw e;
            } catch (Exception e) {
                var cause = unwrap(e);
                if (cause instanceof CancellationException && context.wasToldToStop()) {
                    return settle(Outcome.stopped());
                }
                if (cause instanceof AttemptSuperseded superseded) {
                    throw superseded;
                }
                var machine = WorkDirUnavailable.in(cause, tools.workDir());
                if (machine.isPresent()) {
                    return handBack(String.valueOf(machine.get().getMessage()));
                }
                if (!(cause instanceof StoreUnavailable) && !(cause instanceof RetriableException)) {
                    return failed(cause);
                }
                LOG.warn(
                        "{} waits and is then tried again: {}",
                        record.identity().job(),
                        cause.getMessage());
            } catch (Error e) {
                return failed(e);
            }
            if (!sleep(outages.next())) {
                return settle(Outcome.stopped());
            }
        }
    }

    private Outcome train() throws Exception {
        pulse.training(true);
        try {
            return runner.run(record.job(), context);
        } finally {
            pulse.training(false);
        }
    }

    private End settle(Outcome outcome) throws InterruptedException {
        if (outcome instanceof Outcome.Done<?> done) {
            context.flush();
            words.result(record, store(done));
            release("done");
            finished("succeeded", "none");
            return End.SETTLED;
        }
        if (outcome instanceof Outcome.Early<?> early) {
            context.flush();
            words.result(record, store(early));
            release("finished early");
            finished("succeeded", "finish");
            return End.SETTLED;
        }
        var signal = context.signal();
        JobWords.log(record.identity(), lease.token(), "stopped: " + context.cause());
        return switch (signal) {
            case LOST -> lost(context.cause(), "superseded");
            case SHUTDOWN -> {
                context.ends();
                context.flush();
                release("the service went down");
                words.again(record);
                finished("stopped", "shutdown");
                yield End.SETTLED;
            }
            case PAUSE, CANCEL -> {
                context.ends();
                context.flush();
                release(context.cause());
                finished("stopped", signal == Signal.PAUSE ? "pause" : "cancel");
                yield End.PUT_DOWN;
            }
            case FINISH -> {
                // What it has done is told already, as of a search each epoch is.
                context.ends();
                context.flush();
                release(context.cause());
                finished("stopped", "finish");
                yield End.SETTLED;
            }
            case NONE -> {
                if (!context.wasToldToStop()) {
                    yield failed(new IllegalStateException("the job stopped though nothing told it to"));
                }
                // The word that stopped it has been taken back since.
                context.ends();
                context.flush();
                release("it goes on");
                finished("stopped", "pause");
                yield End.PUT_DOWN;
            }
        };
    }

    private <V extends SpecificRecord> JobResult<?> store(Outcome.Done<V> done) throws InterruptedException {
        return store(done.topic(), done.key(), done.fact(), record.identity().prefix());
    }

    private <V extends SpecificRecord> JobResult<?> store(Outcome.Early<V> early) throws InterruptedException {
        return store(early.topic(), early.key(), early.fact(), record.identity().early());
    }

    private <V extends SpecificRecord> JobResult<?> store(Topic<V> topic, String key, V fact, String prefix)
            throws InterruptedException {
        var result = new JobResult<>(topic, key, fact, lease.token());
        return Patience.outlast(() -> {
            lease.check();
            return tools.results().writeOnce(prefix, result);
        });
    }

    private End failed(Throwable cause) throws InterruptedException {
        var reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        var identity = record.identity();
        if (cause instanceof JobRefused) {
            LOG.atError()
                    .addKeyValue("job", identity.job())
                    .addKeyValue("run", identity.run())
                    .log("refused: {}", reason);
            outlast(() -> lease.giveUp(reason, List.of()));
            words.refused(record, lease.token(), reason);
            finished("refused", "refused");
            return End.SETTLED;
        }
        LOG.atError()
                .addKeyValue("job", identity.job())
                .addKeyValue("run", identity.run())
                .addKeyValue("attempt", lease.token())
                .setCause(cause)
                .log("attempt failed");
        finished("failed", cause instanceof OutOfMemoryError ? "memory" : "error");
        context.ends();
        var lines = LogTail.listening().lines();
        var failures = lease.state().withoutProgress();
        if (failures >= tools.leases().maxAttempts()) {
            var end = "given up after %d attempts that made no progress; the last: %s".formatted(failures, reason);
            outlast(() -> lease.giveUp(end, lines));
            words.givenUp(record, lease.state());
            return End.SETTLED;
        }
        words.failed(record, lease.token(), reason);
        var backoff = new Backoff(tools.settings().retryBackoff(), LONGEST_BACKOFF);
        for (var earlier = 1; earlier < failures; earlier++) {
            backoff.next();
        }
        sleep(backoff.next());
        outlast(() -> lease.fail(reason, lines));
        words.again(record);
        return End.SETTLED;
    }

    /** This machine cannot do the job now, another may; that is told, and is no fault of the job's. */
    private End handBack(String why) throws InterruptedException {
        LOG.warn("{} is handed back: {}", record.identity().job(), why);
        words.failed(record, lease.token(), why);
        sleep(tools.settings().lease());
        context.ends();
        context.flush();
        release(why);
        words.again(record);
        finished("stopped", "machine");
        return End.SETTLED;
    }

    private End lost(String why, String reason) {
        JobWords.log(record.identity(), lease.token(), "lost: " + why);
        finished("lost", reason);
        return End.SETTLED;
    }

    private void release(String why) throws InterruptedException {
        outlast(() -> lease.release(why));
    }

    private static void outlast(Runnable request) throws InterruptedException {
        Patience.outlast(() -> {
            request.run();
            return true;
        });
    }

    private void finished(String outcome, String reason) {
        var took = Duration.between(begun, tools.clock().instant());
        tools.meters().finished(record.identity().stage(), outcome, reason, took, device);
        JobWords.log(record.identity(), lease.token(), outcome);
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
    private boolean sleep(Duration pause) throws InterruptedException {
        var end = System.nanoTime() + pause.toNanos();
        while (System.nanoTime() < end) {
            if (context.signal().stops()) {
                return false;
            }
            Thread.sleep(Math.min(PAUSE_BETWEEN_LOOKS.toMillis(), pause.toMillis()));
        }
        return true;
    }
}
