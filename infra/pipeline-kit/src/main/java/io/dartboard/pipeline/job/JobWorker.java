package io.dartboard.pipeline.job;

import io.dartboard.pipeline.artifact.StoreUnavailable;
import io.dartboard.pipeline.connect.KafkaTrouble;
import io.dartboard.pipeline.event.Backoff;
import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.pipeline.lease.Lease;
import io.dartboard.schemas.UnreadableEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs from a share group for one device, one at a time. A record is a hint that there is work: the poll thread gets
 * the job's lease, accepts the record, and keeps the lease until the training thread is done; then it polls for the next. So a
 * worker that has a job holds no record, neither its own nor another's, and no job, however long, stands in the way of those
 * behind it. Training never waits for the poll thread.
 *
 * <p>What ends an attempt without a result:
 *
 * <ul>
 *   <li>the worker is closed: the job writes its checkpoint, its lease is let go and it stands on its topic again;
 *   <li>the training thread has hung: the lease is no longer renewed and lapses;
 *   <li>the process dies: likewise, and the planner, which hears no sign of life, asks for the job again;
 *   <li>another attempt has begun, as when this process was frozen for longer than the lease: this one stops at its next
 *       step, and whatever it still writes counts for nothing.
 * </ul>
 *
 * @param <J> the job's record
 */
public final class JobWorker<J extends SpecificRecord> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration COMMIT_WITHIN = Duration.ofSeconds(10);
    private static final Duration LONG_ABSENCE = Duration.ofMinutes(1);
    private static final Duration CLOSE_CONSUMER_WITHIN = Duration.ofSeconds(5);

    private final JobTools tools;
    private final JobKind<J> kind;
    private final JobRunner<J> runner;
    private final String device;
    private final String name;
    private final JobWords words;
    private final JobIntake<J> intake;
    private final AskedJobs<J> asked;
    private final Unoffered<J> unoffered;
    private final Thread poller;
    private final ExecutorService trainer;
    private final AtomicReference<@Nullable Attendance<J>> work = new AtomicReference<>();
    private final AtomicReference<@Nullable String> trouble = new AtomicReference<>("the worker has not started");
    private volatile @Nullable ShareConsumer<byte[], byte[]> open;
    private volatile boolean closing;

    /**
     * Prepares a worker; {@link #start()} runs it.
     *
     * @param device where its jobs train: cpu, gpu0, …
     * @param number tells the workers of a service apart
     */
    public JobWorker(JobTools tools, JobKind<J> kind, JobRunner<J> runner, String device, int number) {
        this.tools = tools;
        this.kind = kind;
        this.runner = runner;
        this.device = device;
        this.name = "%s-%d".formatted(kind.group(), number);
        this.words = new JobWords(tools);
        this.intake = new JobIntake<>(tools, words, device, () -> closing);
        this.asked = new AskedJobs<>(tools, kind, intake);
        this.unoffered = new Unoffered<>(tools, kind, asked);
        this.poller = new Thread(this::run, name + "-poll");
        poller.setDaemon(true);
        this.trainer = Executors.newSingleThreadExecutor(job -> {
            var thread = new Thread(job, name + "-train");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Where its jobs train. */
    public String device() {
        return device;
    }

    /** Starts in the background. */
    public void start() {
        LogTail.listening();
        poller.start();
    }

    /** Why the worker takes no jobs; empty while it does. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble.get());
    }

    /** Why the process should be replaced: the training thread has hung; empty while it is well. */
    public Optional<String> stalled() {
        var now = work.get();
        return now != null && now.isStalled()
                ? Optional.of("the training thread has shown no life since " + now.lastSign())
                : Optional.empty();
    }

    /** True while a job is being done. */
    public boolean busy() {
        return work.get() != null;
    }

    /** Stops a running job at its next step, waits for its checkpoint within the grace, hands it over, and leaves the group. */
    @Override
    public void close() {
        closing = true;
        var now = work.get();
        if (now != null) {
            now.goDown();
        }
        var consumer = open;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            var grace = tools.settings().shutdownGrace();
            poller.join(grace.plus(CLOSE_CONSUMER_WITHIN).toMillis());
            if (poller.isAlive()) {
                LOG.warn("{} did not stop within {} s", name, grace.toSeconds());
                poller.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        trainer.shutdownNow();
    }

    private void run() {
        var backoff = Backoff.forOutages();
        var isReady = false;
        while (!closing) {
            try {
                var wasReady = isReady;
                isReady = isReady || (ShareGroup.configure(tools.kafka(), kind.group()) && awaitControl());
                if (isReady) {
                    // A record that is taken while the store is away could only be handed back.
                    tools.leases().requireStore();
                    if (!wasReady) {
                        buryTheDead();
                    }
                    serve(backoff);
                    continue;
                }
                away("Kafka at %s cannot be reached".formatted(tools.kafka().bootstrapServers()));
            } catch (StoreUnavailable e) {
                away("%s takes no jobs: %s".formatted(name, e.getMessage()));
            } catch (WakeupException e) {
                LOG.debug("woken to close");
            } catch (InterruptException | InterruptedException e) {
                return;
            } catch (KafkaException | IllegalStateException e) {
                away("%s cannot take jobs: %s".formatted(name, KafkaTrouble.of(tools.kafka(), e)));
            } catch (RuntimeException e) {
                // Whatever it is, the next record may fare better.
                LOG.error("{} goes on after an error", name, e);
            }
            isReady = false;
            if (!closing) {
                try {
                    backoff.pause();
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    private void away(String why) {
        if (!why.equals(trouble.getAndSet(why))) {
            LOG.warn("{}. Trying again until it can", why);
        }
    }

    /** A worker that does not know yet which runs are cancelled or paused takes no job. */
    private boolean awaitControl() throws InterruptedException {
        return tools.control().sync(Duration.ofSeconds(10));
    }

    /** Takes jobs until the worker is closed, or has been away from the group for so long that it had better come anew. */
    private void serve(Backoff backoff) throws InterruptedException {
        var client = "%s-%s".formatted(name, tools.host());
        var consumer = ShareGroup.consumer(tools.kafka(), kind.group(), client);
        open = consumer;
        try {
            consumer.subscribe(List.of(kind.topic().name()));
            if (trouble.getAndSet(null) != null) {
                LOG.info("{} takes jobs from {} for {}", name, kind.topic().name(), device);
            }
            var quietSince = tools.clock().instant();
            while (!closing) {
                var polled = tools.clock().instant();
                if (takeUrgent() || takeOffered(consumer)) {
                    quietSince = tools.clock().instant();
                } else if (takeUnoffered(quietSince)) {
                    // Each member that comes and goes makes a broken group older, until it may begin anew.
                    return;
                }
                backoff.reset();
                if (Duration.between(polled, tools.clock().instant()).compareTo(LONG_ABSENCE) > 0) {
                    return;
                }
            }
        } finally {
            open = null;
            consumer.close(CLOSE_CONSUMER_WITHIN);
        }
    }

    /** Waits for what the group offers, and does it; false if that is nothing. */
    private boolean takeOffered(ShareConsumer<byte[], byte[]> consumer) throws InterruptedException {
        var offered = consumer.poll(POLL);
        for (var raw : offered) {
            var next = take(consumer, raw);
            if (next.isPresent()) {
                attend(next.get());
            }
        }
        return !offered.isEmpty();
    }

    /** Deals with a record as far as can be said without training. */
    private Optional<Begun<J>> take(ShareConsumer<byte[], byte[]> consumer, ConsumerRecord<byte[], byte[]> raw)
            throws InterruptedException {
        Optional<Begun<J>> next = Optional.empty();
        try {
            if (raw.value() != null) {
                tools.schemas().awaitKnown(raw.value(), SchemaBook.WITHIN);
            }
            next = begin(JobRecord.read(kind, raw));
        } catch (UnreadableEvent e) {
            words.deadLetter(raw, String.valueOf(e.getMessage()), "");
        } catch (StoreUnavailable e) {
            LOG.warn("{} at offset {} waits: {}", raw.topic(), raw.offset(), e.getMessage());
            acknowledge(consumer, raw, AcknowledgeType.RELEASE);
            throw e;
        } catch (InterruptedException | InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            // No record may come again and again: it is done with, and the planner asks for the job again by and by.
            LOG.error("{} at offset {} could not be begun", raw.topic(), raw.offset(), e);
        }
        acknowledge(consumer, raw, AcknowledgeType.ACCEPT);
        return next;
    }

    /**
     * Does a job that is more urgent than others that wait, and that the group would offer after those; false if there is none.
     */
    private boolean takeUrgent() throws InterruptedException {
        while (!closing) {
            var record = asked.first(tools.control().urgent(kind.topic().name()));
            if (record.isEmpty()) {
                return false;
            }
            var next = begin(record.get());
            if (next.isPresent()) {
                JobWords.log(record.get().identity(), next.get().lease().token(), "overtakes less urgent ones");
                attend(next.get());
                return true;
            }
        }
        return false;
    }

    /** Does a job that waits on its topic though the group offers none; false if there is none. */
    private boolean takeUnoffered(Instant quietSince) throws InterruptedException {
        var record = unoffered.next(quietSince);
        var next = record.isPresent() ? begin(record.get()) : Optional.<Begun<J>>empty();
        if (next.isEmpty()) {
            return false;
        }
        var raw = next.get().record().raw();
        tools.meters().unoffered(next.get().record().identity().stage());
        LOG.warn(
                "{} at offset {} has stood there for more than {} s, and share group {} does not offer it to an idle worker: it"
                        + " is taken from the topic, and the worker joins the group anew; where that goes on the group is"
                        + " broken, and each job begins so much later",
                raw.topic(),
                raw.offset(),
                unoffered.patience().toSeconds(),
                kind.group());
        attend(next.get());
        return true;
    }

    private Optional<Begun<J>> begin(JobRecord<J> record) throws InterruptedException {
        var lease = intake.begin(record);
        tools.control().lookedInto(record.identity().job(), record.raw().offset());
        return lease.map(held -> new Begun<>(record, held));
    }

    /** Where the broker no longer knows of our hold the record comes again, to whomever; its job has a lease by then. */
    private static void acknowledge(
            ShareConsumer<byte[], byte[]> consumer, ConsumerRecord<byte[], byte[]> raw, AcknowledgeType type) {
        try {
            consumer.acknowledge(raw, type);
            while (true) {
                try {
                    consumer.commitSync(COMMIT_WITHIN)
                            .values()
                            .forEach(failure -> failure.ifPresent(why -> LOG.info(
                                    "{} at offset {} comes again: {}", raw.topic(), raw.offset(), why.getMessage())));
                    return;
                } catch (WakeupException e) {
                    LOG.debug("woken while committing");
                }
            }
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException | IllegalStateException e) {
            LOG.info("{} at offset {} comes again: {}", raw.topic(), raw.offset(), e.getMessage());
        }
    }

    /** Has the job done, and keeps its lease meanwhile. */
    private void attend(Begun<J> first) throws InterruptedException {
        var next = Optional.of(first);
        while (next.isPresent()) {
            var record = next.get().record();
            var lease = next.get().lease();
            var now = new Attendance<>(tools, words, runner, device, record, lease, () -> closing);
            work.set(now);
            WorkNote.leave(tools.workDir(), record, lease.state());
            try {
                now.begin(trainer);
                if (closing) {
                    now.goDown();
                }
                // Somebody may have wanted it again while it was being put down, and been told that it has its worker.
                next = now.keep() == JobAttempt.End.PUT_DOWN ? wantedAgain(record) : Optional.empty();
                // Not where the wait is cut short: then the process goes down, and leaves the note to its successor.
                WorkNote.takeBack(tools.workDir(), record.identity().job());
            } finally {
                work.set(null);
            }
        }
    }

    /** Frees what processes before this one were at when they died; several workers of a process may try, one finds it. */
    private void buryTheDead() throws InterruptedException {
        for (var note : WorkNote.ofTheDead(tools.workDir())) {
            if (note.record().topic().equals(kind.topic().name())) {
                var obituary = note.obituary(tools.workDir());
                LOG.warn("{}: {}", note.job(), note.cause(obituary));
                tools.leases().bury(note.job(), note.token(), note.nonce(), note.cause(obituary), obituary);
                tools.sender().deliver(note.record());
                WorkNote.takeBack(tools.workDir(), note.job());
            }
        }
    }

    private Optional<Begun<J>> wantedAgain(JobRecord<J> record) throws InterruptedException {
        while (!closing) {
            try {
                return begin(record);
            } catch (StoreUnavailable e) {
                LOG.debug("{} waits for the store", record.identity().job());
                Thread.sleep(POLL.toMillis());
            }
        }
        words.again(record);
        return Optional.empty();
    }

    /** A job whose lease we have and that is still to begin. */
    private record Begun<J extends SpecificRecord>(JobRecord<J> record, Lease lease) {}
}
