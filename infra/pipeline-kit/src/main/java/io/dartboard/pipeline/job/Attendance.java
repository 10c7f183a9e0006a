package io.dartboard.pipeline.job;

import io.dartboard.pipeline.artifact.AttemptSuperseded;
import io.dartboard.pipeline.artifact.StoreUnavailable;
import io.dartboard.pipeline.lease.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the lease of a job while the training thread is at it, and ends the wait when the service's grace is over. Used by
 * the poll thread, but for {@link #goDown} and {@link #isStalled}.
 */
final class Attendance<J extends SpecificRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(Attendance.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final JobTools tools;
    private final JobWords words;
    private final JobRecord<J> record;
    private final Lease lease;
    private final BooleanSupplier closing;
    private final Pulse pulse;
    private final StopOrder stop = new StopOrder();
    private final JobAttempt<J> attempt;
    private @Nullable Future<JobAttempt.End> ending;

    /**
     * Prepares an attempt; {@link #begin} begins it.
     *
     * @param closing true once the service goes down
     */
    Attendance(
            JobTools tools,
            JobWords words,
            JobRunner<J> runner,
            String device,
            JobRecord<J> record,
            Lease lease,
            BooleanSupplier closing) {
        this.tools = tools;
        this.words = words;
        this.record = record;
        this.lease = lease;
        this.closing = closing;
        this.pulse = new Pulse(tools.clock());
        this.attempt = new JobAttempt<>(tools, runner, words, device, record, lease, stop, pulse);
    }

    void begin(ExecutorService trainer) {
        ending = trainer.submit(attempt);
    }

    /** Tells the job to write its checkpoint and to stop at its next step. */
    void goDown() {
        stop.give(Signal.SHUTDOWN, "the service is going down");
    }

    /** True if the training thread has hung. */
    boolean isStalled() {
        return pulse.silentFor(tools.settings().stallTimeout());
    }

    /** When the training thread last showed life. */
    Instant lastSign() {
        return pulse.last();
    }

    /** Renews the lease until the training thread is done. */
    JobAttempt.End keep() throws InterruptedException {
        if (ending == null) {
            throw new IllegalStateException("the attempt has not begun");
        }
        var renewal = tools.settings().renewal();
        var look = renewal.compareTo(LOOK) < 0 ? renewal : LOOK;
        var renewAt = System.nanoTime() + renewal.toNanos();
        var graceEnds = Long.MAX_VALUE;
        while (true) {
            try {
                return ending.get(look.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                var now = System.nanoTime();
                if (closing.getAsBoolean() && graceEnds == Long.MAX_VALUE) {
                    graceEnds = now + tools.settings().shutdownGrace().toNanos();
                }
                if (now > graceEnds) {
                    leaveBehind(ending);
                    return JobAttempt.End.SETTLED;
                }
                if (now > renewAt && !isStalled()) {
                    renewAt = now + renewal.toNanos();
                    renew();
                }
            } catch (ExecutionException e) {
                LOG.error(
                        "{} ended without a word; it is asked for again when its lease has lapsed",
                        record.identity().job(),
                        e.getCause());
                return JobAttempt.End.SETTLED;
            }
        }
    }

    private void renew() {
        try {
            lease.renew(LogTail.listening().lines());
            attempt.holdsLease();
            attempt.showLife();
        } catch (AttemptSuperseded e) {
            stop.give(Signal.LOST, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Nobody else can take what lies in a store that is away; the training goes on.
            LOG.debug(
                    "the lease of {} could not be renewed: {}",
                    record.identity().job(),
                    e.getMessage());
            attempt.showLife();
        }
    }

    /** The grace is over: what the training thread may still write is fenced off by the next attempt's token. */
    private void leaveBehind(Future<JobAttempt.End> now) throws InterruptedException {
        LOG.warn(
                "{} did not stop within the grace; it goes on elsewhere",
                record.identity().job());
        now.cancel(true);
        try {
            lease.release("its worker went down");
            words.again(record);
        } catch (AttemptSuperseded | StoreUnavailable e) {
            LOG.warn("its lease lapses by itself: {}", e.getMessage());
        }
    }
}
