package io.dartboard.pipeline.job;

import io.dartboard.pipeline.event.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs from a share group for one device, one at a time. The poll thread claims a record, hands it to the training thread and renews
 * its lock until that is done with it; it never waits for training, and training never waits for it.
 *
 * <p>What ends a claim without a result:
 *
 * <ul>
 *   <li>the worker is closed: the job writes its checkpoint and stands on its topic again, with no attempt counted;
 *   <li>the training thread has hung: the lock is no longer renewed, lapses, and the job is another worker's next attempt;
 *   <li>the process dies: likewise;
 *   <li>the lock has lapsed though the worker is well, as when the broker was away: the job goes on, since its checkpoints
 *       and its one result are fenced by attempt, and stops as soon as a newer attempt has begun elsewhere.
 * </ul>
 *
 * @param <J> the job's record
 */
public final class JobWorker<J extends SpecificRecord> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSE_CONSUMER_WITHIN = Duration.ofSeconds(5);
    /** Part of a lock's duration after which it is renewed at the latest. */
    private static final int RENEWALS_PER_LOCK = 3;

    private final JobTools tools;
    private final JobKind<J> kind;
    private final JobRunner<J> runner;
    private final String device;
    private final String name;
    private final Thread poller;
    private final ExecutorService trainer;
    private final AtomicReference<@Nullable Work> work = new AtomicReference<>();
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
        this.poller = new Thread(this::run, name + "-poll");
        poller.setDaemon(true);
        this.trainer = Executors.newSingleThreadExecutor(job -> {
            var thread = new Thread(job, name + "-train");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts in the background. */
    public void start() {
        poller.start();
    }

    /** Why the worker takes no jobs; empty while it does. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble.get());
    }

    /** Why the process should be replaced: the training thread has hung; empty while it is well. */
    public Optional<String> stalled() {
        var now = work.get();
        return now != null && now.pulse().silentFor(tools.settings().stallTimeout())
                ? Optional.of("the training thread has shown no life since "
                        + now.pulse().last())
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
            now.tell(Signal.SHUTDOWN, "the service is going down");
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
        while (!closing) {
            try {
                if (ShareGroup.configure(tools.kafka(), kind.group()) && awaitControl()) {
                    serve(backoff);
                } else {
                    away("Kafka at %s cannot be reached".formatted(tools.kafka().bootstrapServers()));
                }
            } catch (WakeupException e) {
                LOG.debug("woken to close");
            } catch (InterruptException | InterruptedException e) {
                return;
            } catch (KafkaException | IllegalStateException e) {
                away("%s cannot take jobs from Kafka at %s: %s"
                        .formatted(name, tools.kafka().bootstrapServers(), e.getMessage()));
            }
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

    private void serve(Backoff backoff) throws InterruptedException {
        var client = "%s-%s".formatted(name, tools.host());
        var consumer = ShareGroup.consumer(tools.kafka(), kind.group(), client);
        open = consumer;
        try {
            consumer.subscribe(java.util.List.of(kind.topic().name()));
            if (trouble.getAndSet(null) != null) {
                LOG.info("{} takes jobs from {} for {}", name, kind.topic().name(), device);
            }
            backoff.reset();
            while (!closing) {
                for (var record : consumer.poll(POLL)) {
                    if (!take(consumer, record)) {
                        // A hold that was lost means that broker and client no longer agree, as after a restart of the
                        // broker; a new consumer begins a new session.
                        LOG.info("{} opens a new session with the broker", name);
                        return;
                    }
                }
            }
        } finally {
            open = null;
            consumer.close(CLOSE_CONSUMER_WITHIN);
        }
    }

    /**
     * Deals with a record.
     *
     * @return false if the broker no longer knew of our hold on it
     */
    private boolean take(ShareConsumer<byte[], byte[]> consumer, ConsumerRecord<byte[], byte[]> record)
            throws InterruptedException {
        var claim = Claim.of(consumer, record);
        if (!claim.held()) {
            return false;
        }
        var pulse = new Pulse(tools.clock());
        var stop = new StopOrder();
        var ending = trainer.submit(new JobAttempt<>(tools, kind, runner, device, record, stop, pulse));
        var now = new Work(ending, pulse, stop);
        work.set(now);
        try {
            if (closing) {
                now.tell(Signal.SHUTDOWN, "the service is going down");
            }
            if (attend(consumer, claim, now) != Disposition.ACCEPT) {
                return claim.held();
            }
            if (claim.accept(consumer)) {
                return true;
            }
            LOG.info(
                    "{} at offset {} is done but comes again; its result is known then",
                    record.topic(),
                    record.offset());
            return false;
        } finally {
            work.set(null);
        }
    }

    /** Renews the lock until the training thread is done with the record. */
    private Disposition attend(ShareConsumer<byte[], byte[]> consumer, Claim claim, Work now)
            throws InterruptedException {
        var graceEnds = Long.MAX_VALUE;
        while (true) {
            try {
                return now.ending().get(renewal(consumer).toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (closing && graceEnds == Long.MAX_VALUE) {
                    graceEnds =
                            System.nanoTime() + tools.settings().shutdownGrace().toNanos();
                }
                if (System.nanoTime() > graceEnds) {
                    LOG.warn("the job did not stop within the grace; it comes again when its lock lapses");
                    now.ending().cancel(true);
                    return Disposition.LEAVE;
                }
                if (!now.pulse().silentFor(tools.settings().stallTimeout())) {
                    claim.renew(consumer);
                }
            } catch (ExecutionException e) {
                LOG.error("a job ended without a word; it comes again when its lock lapses", e.getCause());
                return Disposition.LEAVE;
            }
        }
    }

    private Duration renewal(ShareConsumer<byte[], byte[]> consumer) {
        var configured = tools.settings().lockRenewal();
        return consumer.acquisitionLockTimeoutMs()
                .map(lock -> Duration.ofMillis(lock / RENEWALS_PER_LOCK))
                .filter(third -> third.compareTo(configured) < 0)
                .orElse(configured);
    }

    /** A record that the training thread is at. */
    private record Work(Future<Disposition> ending, Pulse pulse, StopOrder stop) {
        void tell(Signal signal, String cause) {
            stop.give(signal, cause);
        }
    }
}
