package io.dartboard.local.model;

import io.dartboard.events.JobFailed;
import io.dartboard.events.JobProgressed;
import io.dartboard.pipeline.artifact.AttemptSuperseded;
import io.dartboard.pipeline.artifact.ResultStore;
import io.dartboard.pipeline.job.HeardControl;
import io.dartboard.pipeline.job.JobIdentity;
import io.dartboard.pipeline.lease.Claim;
import io.dartboard.pipeline.lease.Lease;
import io.dartboard.pipeline.lease.Leases;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A worker by the rules of {@code JobIntake} and {@code JobAttempt}, one step at a time. */
final class ModelWorker {
    private final String name;
    private final EventTopics topics;
    private final Leases leases;
    private final ResultStore results;
    private final JobsDone.Nature nature;
    private final Consumer<String> story;
    private final Ledger ledger;
    private final HeardControl control = new HeardControl();
    private final LaggingReader ears;
    private @Nullable Busy busy;
    private boolean isFrozen;

    ModelWorker(
            String name,
            EventTopics topics,
            Leases leases,
            ResultStore results,
            Ledger ledger,
            JobsDone.Nature nature,
            Consumer<String> story) {
        this.name = name;
        this.topics = topics;
        this.leases = leases;
        this.results = results;
        this.ledger = ledger;
        this.nature = nature;
        this.story = story;
        this.ears = new LaggingReader(
                topics,
                List.of(Topics.RUNS, Topics.STEERING, Topics.SEARCH_JOBS, Topics.EVAL_JOBS, Topics.TRANSFER_JOBS),
                (topic, offset, record) -> control.hear(EventTopics.event(topic, offset, record)));
    }

    /** A job's record as a worker gets it. */
    record Offered(Topic<?> topic, Record<byte[], byte[]> record) {
        SpecificRecord job() {
            return (SpecificRecord) topic.decode(record.value());
        }

        JobIdentity identity() {
            return JobsDone.identity(job());
        }
    }

    /** What the attempts of all workers have come to. */
    static final class Ledger {
        int begun;
        int done;
        int stopped;
        int mishaps;
        int refused;
    }

    private record Busy(Offered offered, Lease lease) {}

    boolean isIdle() {
        return busy == null && !isFrozen;
    }

    boolean isAtWork() {
        return busy != null && !isFrozen;
    }

    boolean isFrozen() {
        return isFrozen;
    }

    LaggingReader ears() {
        return ears;
    }

    HeardControl control() {
        return control;
    }

    /** Takes a record from the group, which is settled by that whatever comes of it. */
    void take(Offered offered) {
        var identity = offered.identity();
        var known = results.read(identity.prefix());
        if (known.isPresent()) {
            say("finds %s done and tells it again".formatted(identity.job()));
            topics.tell(known.get().topic(), known.get().key(), known.get().fact(), name);
            return;
        }
        if (control.stops(identity)) {
            ears.readAll();
            if (control.stops(identity)) {
                say("leaves %s: %s".formatted(identity.job(), control.cause(identity)));
                return;
            }
        }
        var claim = leases.claim(
                identity.job(), name, Instant.ofEpochMilli(offered.record().timestamp()));
        if (claim instanceof Claim.Held held) {
            ledger.begun++;
            busy = new Busy(offered, held.lease());
            say("begins attempt %d at %s for %s".formatted(held.lease().token(), identity.job(), identity.run()));
            showLife();
        } else if (claim instanceof Claim.GivenUp end) {
            say("finds %s given up".formatted(identity.job()));
            fail(identity, end.state().token(), end.state().cause(), false);
        } else {
            say("finds %s taken".formatted(identity.job()));
        }
    }

    /** Renews the lease, shows life, and stops where nobody wants the job any more. */
    void work() {
        var now = busy;
        if (now == null || isFrozen) {
            return;
        }
        guarded(now, () -> {
            var identity = now.offered().identity();
            if (control.stops(identity)) {
                say("puts %s down: %s".formatted(identity.job(), control.cause(identity)));
                now.lease().release("stopped");
                ledger.stopped++;
                busy = null;
                ears.readAll();
                take(now.offered());
            } else {
                now.lease().renew(List.of());
                showLife();
            }
        });
    }

    /** Writes a checkpoint that goes further than all before. */
    void progress(long step) {
        var now = busy;
        if (now != null && !isFrozen) {
            guarded(now, () -> now.lease().progressed(step));
        }
    }

    /** @param isHeard false if the worker dies after it has written the result and before it tells it */
    void finish(boolean isHeard) {
        var now = busy;
        if (now == null || isFrozen) {
            return;
        }
        guarded(now, () -> {
            var identity = now.offered().identity();
            now.lease().check();
            var result = results.writeOnce(
                    identity.prefix(),
                    JobsDone.result(now.offered().job(), now.lease().token(), nature));
            ledger.done++;
            busy = null;
            if (isHeard) {
                topics.tell(result.topic(), result.key(), result.fact(), name);
                now.lease().release("done");
                say("finishes " + identity.job());
            } else {
                say("dies when the result of %s is written and not told".formatted(identity.job()));
            }
        });
    }

    /** @param isForGood false if another attempt may fare better */
    void fail(boolean isForGood) {
        var now = busy;
        if (now == null || isFrozen) {
            return;
        }
        guarded(now, () -> {
            var identity = now.offered().identity();
            var token = now.lease().token();
            busy = null;
            if (isForGood) {
                ledger.refused++;
                say("refuses " + identity.job());
                now.lease().giveUp("refused", List.of());
                fail(identity, token, "refused", false);
            } else if (now.lease().state().withoutProgress() >= leases.maxAttempts()) {
                ledger.mishaps++;
                say("gives up " + identity.job());
                now.lease().giveUp("failed too often", List.of());
                fail(identity, token, "failed too often", false);
            } else {
                ledger.mishaps++;
                say("fails at " + identity.job());
                fail(identity, token, "failed", true);
                now.lease().fail("failed", List.of());
                topics.append(now.offered().topic(), now.offered().record());
            }
        });
    }

    /** The process is gone, and another takes its place. */
    void crash() {
        if (busy != null) {
            say("dies at " + busy.offered().identity().job());
            ledger.mishaps++;
        }
        busy = null;
        isFrozen = false;
    }

    void freeze() {
        if (busy != null && !isFrozen) {
            say("freezes at " + busy.offered().identity().job());
            isFrozen = true;
        }
    }

    void thaw() {
        if (isFrozen) {
            say("thaws");
        }
        isFrozen = false;
    }

    private void guarded(Busy now, Runnable step) {
        try {
            step.run();
        } catch (AttemptSuperseded e) {
            say("has lost %s".formatted(now.offered().identity().job()));
            ledger.mishaps++;
            busy = null;
        }
    }

    private void showLife() {
        var now = busy;
        if (now != null) {
            var identity = now.offered().identity();
            topics.tell(
                    Topics.PROGRESS,
                    identity.job(),
                    JobProgressed.newBuilder()
                            .setJob(identity.job())
                            .setRun(identity.run())
                            .setStage(identity.stage())
                            .setAttempt(now.lease().token())
                            .setFraction(0.5)
                            .setEtaSeconds(1)
                            .setImagesPerSecond(1)
                            .setDevice("cpu")
                            .build(),
                    name);
        }
    }

    private void fail(JobIdentity identity, int token, String cause, boolean isRetryable) {
        topics.tell(
                Topics.FAILURES,
                identity.job(),
                new JobFailed(
                        identity.job(),
                        identity.run(),
                        identity.stage(),
                        token,
                        cause,
                        isRetryable,
                        name,
                        identity.requestEpoch(),
                        List.of()),
                name);
    }

    private void say(String what) {
        story.accept(name + " " + what);
    }
}
