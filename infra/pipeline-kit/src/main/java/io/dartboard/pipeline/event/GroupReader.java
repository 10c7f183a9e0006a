package io.dartboard.pipeline.event;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.connect.KafkaClients;
import io.dartboard.pipeline.connect.KafkaTrouble;
import io.dartboard.pipeline.deadletter.DeadLetters;
import io.dartboard.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a topic for all processes of a service together, by a consumer group: each record is offered at least once, to one of
 * them, and what has no meaning becomes a dead letter. For what has an effect outside of Kafka, and for topics that others own.
 */
public final class GroupReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final KafkaSettings kafka;
    private final String topic;
    private final String group;
    private final int atOnce;
    private final EventSender sender;
    private final Sink sink;
    private final Thread thread;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    /** Takes what stands on the topic. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes a record.
         *
         * @param key its key; empty where it has none
         * @param value empty where it has none
         * @throws IllegalArgumentException with one line, if it has no meaning, or what follows from it is refused for good
         * @throws InterruptedException if it was told to stop before the record was taken
         */
        void take(String key, Optional<byte[]> value) throws InterruptedException;
    }

    /**
     * Prepares; {@link #start()} begins.
     *
     * @param group the consumer group, of which the first process begins with the oldest record
     * @param atOnce how many records are taken before their taking is told to the broker, which waits five minutes for it
     * @param sender tells dead letters
     */
    public GroupReader(KafkaSettings kafka, String topic, String group, int atOnce, EventSender sender, Sink sink) {
        this.kafka = kafka;
        this.topic = topic;
        this.group = group;
        this.atOnce = atOnce;
        this.sender = sender;
        this.sink = sink;
        this.thread = new Thread(this::run, group);
        thread.setDaemon(true);
    }

    /** Begins in the background. */
    public void start() {
        thread.start();
    }

    /** Why nothing can be read, one line; empty while all is well. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble.get());
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
            thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var backoff = Backoff.forOutages();
        while (!closed.get()) {
            try (var open = KafkaClients.consumer(kafka, thread.getName(), group, atOnce)) {
                consumer = open;
                open.subscribe(List.of(topic));
                while (!closed.get()) {
                    var records = open.poll(POLL);
                    for (var record : records) {
                        take(record);
                    }
                    if (!records.isEmpty()) {
                        open.commitSync();
                    }
                    trouble.set(null);
                    backoff.reset();
                }
            } catch (WakeupException | InterruptException | InterruptedException e) {
                return;
            } catch (KafkaException e) {
                away(KafkaTrouble.of(kafka, e));
            }
            try {
                backoff.pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        var value = record.value();
        try {
            sink.take(
                    record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
                    Optional.ofNullable(value));
        } catch (IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("offset", record.offset())
                    .log("dead-lettered a record: {}", e.getMessage());
            var letter = DeadLetters.of(
                    record, String.valueOf(e.getMessage()), sender.service().name());
            var key = DeadLetters.key(letter);
            sender.deliver(Topics.DEAD_LETTERS, key, letter, "", key);
        }
    }

    private void away(String why) {
        if (!why.equals(trouble.getAndSet(why))) {
            LOG.warn(
                    "cannot read {} on Kafka at {}: {}. Trying again until it can",
                    topic,
                    kafka.bootstrapServers(),
                    why);
        }
    }
}
