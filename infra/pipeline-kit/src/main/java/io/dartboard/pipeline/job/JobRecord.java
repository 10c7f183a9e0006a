package io.dartboard.pipeline.job;

import io.dartboard.pipeline.identity.EventId;
import io.dartboard.schemas.Envelope;
import io.dartboard.schemas.UnreadableEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A job as it stood on its topic.
 *
 * @param raw the record
 * @param job what it asks for
 * @param identity who that is
 * @param <J> the job's record
 */
record JobRecord<J extends SpecificRecord>(ConsumerRecord<byte[], byte[]> raw, J job, JobIdentity identity) {

    /**
     * Reads a record.
     *
     * @throws UnreadableEvent if it asks for no job of this kind
     */
    static <J extends SpecificRecord> JobRecord<J> read(JobKind<J> kind, ConsumerRecord<byte[], byte[]> raw) {
        if (raw.key() == null || raw.value() == null) {
            throw new UnreadableEvent("a job needs a key and a value");
        }
        var job = kind.topic().decode(raw.value());
        return new JobRecord<>(raw, job, kind.identity().apply(job));
    }

    /** When it was asked for, by the broker. */
    Instant asked() {
        return Instant.ofEpochMilli(raw.timestamp());
    }

    /** The event that led here. */
    String causationId() {
        return causationId(raw);
    }

    static String causationId(ConsumerRecord<byte[], byte[]> raw) {
        return Envelope.readFrom(raw.headers())
                .map(Envelope::id)
                .orElseGet(() -> EventId.of(
                        raw.topic(),
                        raw.key() == null ? "" : new String(raw.key(), StandardCharsets.UTF_8),
                        raw.value() == null ? new byte[0] : raw.value()));
    }

    /** The same job, to be asked for once more. */
    ProducerRecord<byte[], byte[]> again() {
        var next = new ProducerRecord<>(raw.topic(), raw.key(), raw.value());
        raw.headers().forEach(next.headers()::add);
        return next;
    }
}
