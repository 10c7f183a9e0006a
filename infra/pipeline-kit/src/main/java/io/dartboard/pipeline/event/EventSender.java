package io.dartboard.pipeline.event;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.config.ServiceIdentity;
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
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
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

    private final String bootstrapServers;
    private final ServiceIdentity service;
    private final Clock clock;
    private final Producer<byte[], byte[]> producer;

    /** Connects in the background: a broker that is not there yet is no error. */
    public EventSender(KafkaSettings kafka, ServiceIdentity service, Clock clock) {
        this(kafka.bootstrapServers(), service, clock, producer(kafka, service));
    }

    EventSender(String bootstrapServers, ServiceIdentity service, Clock clock, Producer<byte[], byte[]> producer) {
        this.bootstrapServers = bootstrapServers;
        this.service = service;
        this.clock = clock;
        this.producer = producer;
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
                    LOG.info("Kafka at {} is back; {} was told", bootstrapServers, record.topic());
                }
                return metadata;
            } catch (ExecutionException e) {
                var cause = e.getCause() == null ? e : e.getCause();
                if (!passes(cause)) {
                    throw cause instanceof KafkaException known ? known : new KafkaException(cause);
                }
                if (!told) {
                    told = true;
                    LOG.warn(
                            "cannot write to {} on Kafka at {} ({}); trying again until it is back",
                            record.topic(),
                            bootstrapServers,
                            cause.getMessage());
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
        producer.close(CLOSE_WITHIN);
    }

    private CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        var sent = new CompletableFuture<RecordMetadata>();
        try {
            producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    sent.complete(metadata);
                } else {
                    sent.completeExceptionally(failure);
                }
            });
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            sent.completeExceptionally(e);
        }
        return sent;
    }

    /** True for what time or an operator can heal: an outage, a missing permission. */
    private static boolean passes(Throwable cause) {
        return cause instanceof RetriableException
                || cause instanceof AuthorizationException
                || (cause instanceof KafkaException && !(cause instanceof RecordTooLargeException) && isOutage(cause));
    }

    private static boolean isOutage(Throwable cause) {
        return cause.getCause() instanceof RetriableException;
    }

    private static Producer<byte[], byte[]> producer(KafkaSettings kafka, ServiceIdentity service) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka.bootstrapServers(),
                        ProducerConfig.CLIENT_ID_CONFIG,
                        service.name() + "-sender",
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        MAX_BLOCK_MS,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "gzip"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
