package io.dartboard.pipeline.event;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.pipeline.connect.KafkaClients;
import io.dartboard.pipeline.connect.KafkaTrouble;
import io.dartboard.pipeline.connect.KafkaUnavailable;
import io.dartboard.pipeline.identity.EventId;
import io.dartboard.schemas.Envelope;
import io.dartboard.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells events: an idempotent producer that writes the envelope into the headers. An event's id is the digest of what it
 * says and where, so a repeat after an outage carries the id of the first.
 *
 * <p>Safe for use by several threads.
 */
public final class EventSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventSender.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
    /** A send waits so long for the cluster's metadata, then reports that it is away. */
    private static final int MAX_BLOCK_MS = 5_000;

    private final KafkaSettings kafka;
    private final ServiceIdentity service;
    private final Clock clock;
    private @Nullable Producer<byte[], byte[]> producer;
    private boolean closed;

    /** Connects with the first event: a broker that is not there yet is no error. */
    public EventSender(KafkaSettings kafka, ServiceIdentity service, Clock clock) {
        this.kafka = kafka;
        this.service = service;
        this.clock = clock;
    }

    /**
     * Sends once; may wait up to five seconds where the cluster has never been reached.
     *
     * @param topic where to
     * @param key the record key, as {@link Topic#key()} says
     * @param value the record
     * @param runId the run it belongs to; empty for a dataset
     * @param causationId id of the event that led to it; empty where a person did
     * @return completes when all in-sync replicas have it; exceptionally with the broker's word otherwise
     */
    public <V extends SpecificRecord> CompletableFuture<RecordMetadata> send(
            Topic<V> topic, String key, V value, String runId, String causationId) {
        return send(record(topic, key, value, runId, causationId));
    }

    /**
     * Sends, and tries again for as long as the brokers are away.
     *
     * @throws InterruptedException if the thread is told to stop meanwhile
     * @throws KafkaException if the broker refuses the record for good
     */
    public <V extends SpecificRecord> RecordMetadata deliver(
            Topic<V> topic, String key, V value, String runId, String causationId) throws InterruptedException {
        return deliver(record(topic, key, value, runId, causationId));
    }

    /** Sends a record byte for byte, headers included, and tries again for as long as the brokers are away. */
    public RecordMetadata deliver(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        var backoff = Backoff.forOutages();
        var told = false;
        while (true) {
            try {
                var metadata = send(record).get();
                if (told) {
                    LOG.info("Kafka at {} is back; {} was told", kafka.bootstrapServers(), record.topic());
                }
                return metadata;
            } catch (ExecutionException e) {
                var cause = e.getCause() == null ? e : e.getCause();
                if (!KafkaTrouble.heals(cause)) {
                    throw cause instanceof KafkaException known ? known : new KafkaException(cause);
                }
                if (!told) {
                    told = true;
                    LOG.warn(
                            "cannot write to {} on Kafka at {}: {}. Trying again until it can",
                            record.topic(),
                            kafka.bootstrapServers(),
                            KafkaTrouble.of(kafka, cause));
                }
            }
            backoff.pause();
        }
    }

    /** The record with its envelope, as {@link #send} would send it. */
    public <V extends SpecificRecord> ProducerRecord<byte[], byte[]> record(
            Topic<V> topic, String key, V value, String runId, String causationId) {
        var bytes = topic.encode(value);
        var record = new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), bytes);
        Envelope.of(
                        value,
                        EventId.of(topic.name(), key, bytes),
                        service.source(),
                        key,
                        clock.instant(),
                        runId,
                        causationId,
                        service.version())
                .writeTo(record.headers());
        return record;
    }

    /** Who speaks. */
    public ServiceIdentity service() {
        return service;
    }

    /** Waits a moment for what is on its way. */
    @Override
    public void close() {
        Producer<byte[], byte[]> last;
        synchronized (this) {
            closed = true;
            last = producer;
            producer = null;
        }
        if (last != null) {
            last.close(CLOSE_WITHIN);
        }
    }

    private CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        var sent = new CompletableFuture<RecordMetadata>();
        try {
            var open = open();
            try {
                open.send(record, (metadata, failure) -> {
                    if (failure == null) {
                        sent.complete(metadata);
                    } else {
                        replaceAfter(failure, open);
                        sent.completeExceptionally(failure);
                    }
                });
            } catch (InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                replaceAfter(e, open);
                sent.completeExceptionally(e);
            } catch (IllegalStateException e) {
                sent.completeExceptionally(new KafkaUnavailable("the connection is being renewed", e));
            }
        } catch (KafkaUnavailable e) {
            sent.completeExceptionally(e);
        }
        return sent;
    }

    private synchronized Producer<byte[], byte[]> open() {
        if (closed) {
            throw new IllegalStateException("the sender of %s is closed".formatted(service.name()));
        }
        if (producer == null) {
            producer = KafkaClients.producer(
                    kafka,
                    service.name() + "-sender",
                    Map.of(
                            ProducerConfig.ACKS_CONFIG,
                            "all",
                            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                            true,
                            ProducerConfig.MAX_BLOCK_MS_CONFIG,
                            MAX_BLOCK_MS,
                            ProducerConfig.COMPRESSION_TYPE_CONFIG,
                            "gzip"));
        }
        return producer;
    }

    /**
     * A producer does not get over a refused login, a missing right to be idempotent or a dead network thread, whatever an
     * operator mends: the next event goes by a new one.
     */
    private void replaceAfter(Exception failure, Producer<byte[], byte[]> broken) {
        if (failure instanceof TopicAuthorizationException || !KafkaTrouble.heals(failure)) {
            return;
        }
        synchronized (this) {
            if (producer != broken) {
                return;
            }
            producer = null;
        }
        var closer = new Thread(() -> broken.close(CLOSE_WITHIN), service.name() + "-sender-close");
        closer.setDaemon(true);
        closer.start();
    }
}
