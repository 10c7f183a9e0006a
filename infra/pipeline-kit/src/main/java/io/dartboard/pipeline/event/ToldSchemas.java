package io.dartboard.pipeline.event;

import io.dartboard.events.SchemaTold;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.schemas.EventCodec;
import io.dartboard.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schemas that are told on {@code nas.schemas}: follows the topic and lets {@link EventCodec} learn what stands on it,
 * so that records of newer writers can be read. A service also tells its own there, those that nobody has told yet; what it
 * tells elsewhere waits for {@link #awaitTold}.
 *
 * <p>A schema that cannot be learnt is named in the log once and else left alone.
 */
public final class ToldSchemas implements SchemaBook, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ToldSchemas.class);
    /** After a wait in vain, records of unknown schemas are not waited for until this has passed. */
    private static final Duration TIRED = Duration.ofSeconds(30);

    private static final Duration CATCH_UP_WITHIN = Duration.ofSeconds(30);
    /** Refusals that are told in the log. */
    private static final int MOST_REFUSALS = 100;

    private final EventReader reader;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final CountDownLatch tellingDone = new CountDownLatch(1);
    private final Thread teller;
    private long tiredUntil = System.nanoTime();

    private ToldSchemas(KafkaSettings kafka, String name, Optional<Telling> telling) {
        this.reader = new EventReader(kafka, name + "-schemas", List.of(Topics.SCHEMAS), this::take);
        this.teller = new Thread(() -> telling.ifPresent(this::tellOwn), name + "-schemas-telling");
        teller.setDaemon(true);
    }

    /** For who reads and tells nothing; {@link #start} begins to follow. */
    public static ToldSchemas following(KafkaSettings kafka, String name) {
        return new ToldSchemas(kafka, name, Optional.empty());
    }

    /**
     * For a service, which tells its own schemas too once {@link #start} has begun.
     *
     * @param topics creates the topic where it is missing
     */
    public static ToldSchemas telling(KafkaSettings kafka, TopicAdmin topics, EventSender sender) {
        return new ToldSchemas(kafka, sender.service().name(), Optional.of(new Telling(topics, sender)));
    }

    /** Begins in the background; a broker that is away is waited for. */
    public void start() {
        reader.start();
        teller.start();
    }

    /** Waits until all that stood on the topic at the start has been learnt; false if that took longer. */
    public boolean awaitCaughtUp(Duration atMost) throws InterruptedException {
        return reader.awaitCaughtUp(atMost);
    }

    /**
     * Waits until this service's schemas stand on the topic: nothing of its own is to be told before.
     *
     * @throws InterruptException if the thread is told to stop
     */
    public void awaitTold() {
        try {
            tellingDone.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    /** Why this service's schemas are not told yet; empty once they are. */
    public Optional<String> trouble() {
        return tellingDone.getCount() == 0
                ? Optional.empty()
                : Optional.of("its schemas are not told on %s yet".formatted(Topics.SCHEMAS.name()));
    }

    @Override
    public boolean awaitKnown(byte[] record, Duration atMost) throws InterruptedException {
        if (EventCodec.knows(record)) {
            return true;
        }
        synchronized (this) {
            if (System.nanoTime() - tiredUntil < 0) {
                return false;
            }
        }
        var waits = !reader.caughtUp() && !reader.awaitCaughtUp(CATCH_UP_WITHIN) ? Duration.ZERO : atMost;
        var deadline = System.nanoTime() + waits.toNanos();
        synchronized (this) {
            while (!EventCodec.knows(record)) {
                var left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    if (!atMost.isZero()) {
                        tiredUntil = System.nanoTime() + TIRED.toNanos();
                    }
                    return false;
                }
                wait(left);
            }
        }
        return true;
    }

    @Override
    public void close() {
        teller.interrupt();
        reader.close();
    }

    private void take(Event<?> event) {
        if (!(event.value() instanceof SchemaTold schema)) {
            return;
        }
        try {
            // The field of this name; the method without the suffix gives the schema of the record itself.
            EventCodec.learn(schema.getSchema$());
        } catch (IllegalArgumentException e) {
            if (refused.size() < MOST_REFUSALS && refused.add(schema.getFingerprint())) {
                LOG.warn(
                        "cannot learn schema {} told by {} {} ({}); records that are written with it will be refused",
                        schema.getFingerprint(),
                        schema.getService(),
                        schema.getVersion(),
                        e.getMessage());
            }
        }
        told.add(schema.getFingerprint());
        synchronized (this) {
            notifyAll();
        }
    }

    private void tellOwn(Telling telling) {
        var backoff = Backoff.forOutages();
        while (tellingDone.getCount() > 0) {
            try {
                try {
                    telling.topics().ensure(List.of(Topics.SCHEMAS));
                    while (!reader.awaitCaughtUp(Duration.ofMinutes(1))) {
                        LOG.warn("waits for {} to be read", Topics.SCHEMAS.name());
                    }
                    telling.tell(told);
                    tellingDone.countDown();
                } catch (InterruptException e) {
                    return;
                } catch (KafkaException | IllegalStateException e) {
                    LOG.warn("cannot tell this service's schemas yet ({}); trying again", e.getMessage());
                    backoff.pause();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** How a service tells its schemas. */
    private record Telling(TopicAdmin topics, EventSender sender) {
        void tell(Set<String> told) throws InterruptedException {
            ServiceIdentity service = sender.service();
            for (var type : Topics.types()) {
                var schema = SpecificData.get().getSchema(type);
                var fingerprint = EventCodec.fingerprint(schema);
                if (!told.contains(fingerprint)) {
                    sender.deliver(
                            Topics.SCHEMAS,
                            fingerprint,
                            new SchemaTold(fingerprint, schema.toString(), service.name(), service.version()),
                            "",
                            "");
                }
            }
        }
    }
}
