package io.dartboard.pipeline.job;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Counts the attempts of a job that failed: those that an earlier record of the same job had seen, which travel in a
 * header, and the deliveries of this record that nobody accepted, each of which was a worker that died.
 *
 * <p>A job that goes on elsewhere is put on its topic again rather than released, for two reasons: a release counts as a
 * delivery, so that restarts for maintenance would use up the attempts; and the broker drops a record silently after its
 * delivery limit, whereas a job must end in a word.
 */
final class FailedAttempts {
    static final String HEADER = "failed-attempts";

    private FailedAttempts() {}

    /** Attempts at this job that failed before this delivery. */
    static int before(ConsumerRecord<byte[], byte[]> record) {
        return inHeader(record) + deliveries(record) - 1;
    }

    /** Deliveries of this very record, this one included. */
    static int deliveries(ConsumerRecord<byte[], byte[]> record) {
        return record.deliveryCount().map(Short::intValue).orElse(1);
    }

    /** The same job as a new record, after so many failed attempts. */
    static ProducerRecord<byte[], byte[]> again(ConsumerRecord<byte[], byte[]> record, int failed) {
        var next = new ProducerRecord<>(record.topic(), record.key(), record.value());
        record.headers().forEach(next.headers()::add);
        next.headers().remove(HEADER);
        next.headers().add(HEADER, Integer.toString(failed).getBytes(StandardCharsets.UTF_8));
        return next;
    }

    private static int inHeader(ConsumerRecord<byte[], byte[]> record) {
        var header = record.headers().lastHeader(HEADER);
        if (header == null || header.value() == null) {
            return 0;
        }
        var text = new String(header.value(), StandardCharsets.UTF_8);
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    }
}
