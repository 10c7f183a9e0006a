package io.dartboard.pipeline.event;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.connect.KafkaClients;
import io.dartboard.pipeline.connect.KafkaTrouble;
import io.dartboard.schemas.Envelope;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.UnreadableEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics from their beginning to their present end and then follows them, committed records only, with no group and
 * no offsets of its own: whoever needs to know what is, and not only what is new. What is no event, or of a kind that this
 * version does not have, is skipped and counted; the planners dead-letter what is no event.
 *
 * <p>The sink is called from one thread. A broker that is away is waited for.
 */
public final class EventReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final KafkaSettings kafka;
    private final Map<String, Topic<?>> topics = new HashMap<>();
    private final SchemaBook schemas;
    private final Consumer<Event<?>> sink;
    private final Thread thread;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Map<TopicPartition, Long> position = new HashMap<>();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    /** Prepares a reader that waits for no schema: one of an unknown schema is skipped at once. */
    public EventReader(
            KafkaSettings kafka, String name, Collection<? extends Topic<?>> topics, Consumer<Event<?>> sink) {
        this(kafka, name, topics, SchemaBook.AS_IT_IS, sink);
    }

    /**
     * Prepares a reader; {@link #start()} runs it.
     *
     * @param name name of its thread and client
     * @param topics what to read
     * @param schemas waits for the schemas of newer writers
     * @param sink takes each event, in the order of its topic; one that it throws at is skipped
     */
    public EventReader(
            KafkaSettings kafka,
            String name,
            Collection<? extends Topic<?>> topics,
            SchemaBook schemas,
            Consumer<Event<?>> sink) {
        this.kafka = kafka;
        this.schemas = schemas;
        this.sink = sink;
        for (var topic : topics) {
            this.topics.put(topic.name(), topic);
        }
        this.thread = new Thread(() -> run(name), name);
        thread.setDaemon(true);
    }

    /** Starts reading in the background. */
    public void start() {
        thread.start();
    }

    /** True once all that stood on the topics at the start has been read. */
    public boolean caughtUp() {
        return caughtUp.getCount() == 0;
    }

    /**
     * Waits until all that stood on the topics at the start has been read.
     *
     * @return false if that took longer
     */
    public boolean awaitCaughtUp(Duration atMost) throws InterruptedException {
        return caughtUp.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Waits until all that stands on the topics at the moment of the call has been read.
     *
     * @return false if that took longer, or the brokers are away
     */
    public boolean sync(Duration atMost) throws InterruptedException {
        var deadline = System.nanoTime() + atMost.toNanos();
        Map<TopicPartition, Long> ends;
        try (var asking = KafkaClients.consumer(kafka, thread.getName() + "-sync")) {
            ends = asking.endOffsets(partitions(), atMost);
        } catch (KafkaException e) {
            return false;
        }
        synchronized (position) {
            while (!ends.entrySet().stream()
                    .allMatch(end -> position.getOrDefault(end.getKey(), 0L) >= end.getValue())) {
                var left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                position.wait(left);
            }
        }
        return true;
    }

    /** Why nothing can be read, one line; empty while all is well. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble.get());
    }

    /** Records that were no events, or could not be taken. */
    public long skipped() {
        return skipped.get();
    }

    @Override
    public void close() {
        closed.set(true);
        var open = consumer;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(CLOSE_WITHIN.toMillis());
            // In a pause between two tries; a consumer is not interrupted, since it could not close cleanly then.
            thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads what stands on a topic now, waiting for no schema. */
    public static <V extends SpecificRecord> List<Event<V>> readAll(
            KafkaSettings kafka, Topic<V> topic, Duration atMost) {
        return readAll(kafka, topic, SchemaBook.AS_IT_IS, atMost);
    }

    /**
     * Reads what stands on a topic now.
     *
     * @throws KafkaException if the brokers cannot be reached within the time
     */
    public static <V extends SpecificRecord> List<Event<V>> readAll(
            KafkaSettings kafka, Topic<V> topic, SchemaBook schemas, Duration atMost) {
        var events = new ArrayList<Event<V>>();
        try (var reader = new EventReader(kafka, "read-" + topic.name(), List.of(topic), schemas, event -> {
            synchronized (events) {
                events.add(sameTopic(topic, event));
            }
        })) {
            reader.start();
            if (!reader.awaitCaughtUp(atMost)) {
                throw new KafkaException("could not read %s on Kafka at %s within %d s: %s"
                        .formatted(
                                topic.name(),
                                kafka.bootstrapServers(),
                                atMost.toSeconds(),
                                reader.trouble().orElse("it is slow to answer")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    @SuppressWarnings("unchecked")
    private static <V extends SpecificRecord> Event<V> sameTopic(Topic<V> topic, Event<?> event) {
        if (!event.topic().name().equals(topic.name())) {
            throw new IllegalStateException(
                    "asked for %s, got %s".formatted(topic.name(), event.topic().name()));
        }
        return (Event<V>) event;
    }

    private void run(String name) {
        var backoff = Backoff.forOutages();
        while (!closed.get()) {
            try (var open = KafkaClients.consumer(kafka, name)) {
                consumer = open;
                follow(open, backoff);
            } catch (WakeupException | InterruptException e) {
                return;
            } catch (KafkaException e) {
                away(name, KafkaTrouble.of(kafka, e));
            } catch (OutOfMemoryError e) {
                // The client made room for what is no answer of a broker; nothing of it was kept.
                away(name, "an answer does not fit into memory; is it a broker that answers, and -Xmx enough?");
            }
            if (!closed.get()) {
                try {
                    backoff.pause();
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    private void away(String name, String why) {
        if (!why.equals(trouble.getAndSet(why))) {
            LOG.warn(
                    "{} cannot read from Kafka at {}: {}. Trying again until it can",
                    name,
                    kafka.bootstrapServers(),
                    why);
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> open, Backoff backoff) {
        var partitions = partitions();
        open.assign(partitions);
        var ends = open.endOffsets(partitions);
        for (var partition : partitions) {
            Long at;
            synchronized (position) {
                at = position.get(partition);
            }
            if (at == null) {
                open.seekToBeginning(List.of(partition));
            } else {
                open.seek(partition, at);
            }
        }
        while (!closed.get()) {
            // A position stands after transaction markers and what compaction left out, which no record tells of.
            for (var record : open.poll(caughtUp() ? POLL : Duration.ofMillis(50))) {
                take(record);
            }
            synchronized (position) {
                partitions.forEach(partition -> position.put(partition, open.position(partition)));
                position.notifyAll();
            }
            if (!caughtUp()
                    && ends.entrySet().stream().allMatch(end -> open.position(end.getKey()) >= end.getValue())) {
                caughtUp.countDown();
            }
            backoff.reset();
            trouble.set(null);
        }
    }

    private List<TopicPartition> partitions() {
        return topics.values().stream().flatMap(Topic::partitions).toList();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        var topic = topics.get(record.topic());
        if (topic == null || record.key() == null || record.value() == null) {
            skipped.incrementAndGet();
            return;
        }
        try {
            schemas.awaitKnown(record.value(), Instant.ofEpochMilli(record.timestamp()), Instant.now());
            sink.accept(event(topic, record));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (UnreadableEvent e) {
            skipped.incrementAndGet();
            LOG.debug("skipped {}/{}: {}", record.topic(), record.offset(), e.getMessage());
        } catch (InterruptException | WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            // One that its reader cannot take must not end the reading of all that come after it.
            skipped.incrementAndGet();
            LOG.error("could not take {}/{}; it is skipped", record.topic(), record.offset(), e);
        }
    }

    private static <V extends SpecificRecord> Event<V> event(Topic<V> topic, ConsumerRecord<byte[], byte[]> record) {
        return new Event<>(
                topic,
                new String(record.key(), StandardCharsets.UTF_8),
                topic.decode(record.value()),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                Envelope.readFrom(record.headers()));
    }
}
