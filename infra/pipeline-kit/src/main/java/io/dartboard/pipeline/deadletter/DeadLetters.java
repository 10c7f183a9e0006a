package io.dartboard.pipeline.deadletter;

import io.dartboard.events.DeadLettered;
import io.dartboard.pipeline.artifact.ArtifactDigest;
import io.dartboard.schemas.OneLine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Makes dead letters of records, and records of dead letters. */
public final class DeadLetters {
    /** A letter holds so much of a record: well within what any broker takes. */
    private static final int WHOLE_BYTES = 256 << 10;

    private static final int HEAD_BYTES = 16 << 10;
    private static final int KEY_BYTES = 1 << 10;
    private static final int HEADERS = 32;
    private static final int HEADER_BYTES = 1 << 10;

    private DeadLetters() {}

    /**
     * The letter for a record that was refused.
     *
     * @param reason one line: why
     * @param service who refused it
     */
    public static DeadLettered of(ConsumerRecord<byte[], byte[]> record, String reason, String service) {
        return of(
                record.topic(),
                record.partition(),
                record.offset(),
                record.key(),
                record.value(),
                record.headers(),
                reason,
                service);
    }

    /**
     * The letter for a record that was refused in a topology.
     *
     * @param place where it stood
     * @param reason one line: why
     * @param service who refused it
     */
    public static DeadLettered of(Record<byte[], byte[]> record, RecordMetadata place, String reason, String service) {
        return of(
                place.topic(),
                place.partition(),
                place.offset(),
                record.key(),
                record.value(),
                record.headers(),
                reason,
                service);
    }

    private static DeadLettered of(
            String topic,
            int partition,
            long offset,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Headers headers,
            String reason,
            String service) {
        var whole = sizeOf(key) + sizeOf(value) + sizeOf(headers);
        var cut = whole > WHOLE_BYTES;
        return new DeadLettered(
                topic,
                partition,
                offset,
                head(key, cut ? KEY_BYTES : Integer.MAX_VALUE),
                head(value, cut ? HEAD_BYTES : Integer.MAX_VALUE),
                headers(headers, cut),
                OneLine.reason(reason),
                service,
                cut,
                sizeOf(value),
                value == null ? "" : ArtifactDigest.sha256(value));
    }

    /** Its key: where the record stood, so that the same record refused by several services is one letter. */
    public static String key(DeadLettered letter) {
        return "%s/%d/%d".formatted(letter.getTopic(), letter.getPartition(), letter.getOffset());
    }

    /**
     * The record as it was, to be put on its topic again.
     *
     * @throws IllegalArgumentException if the letter holds only its head
     */
    public static ProducerRecord<byte[], byte[]> replay(DeadLettered letter) {
        if (letter.getCut()) {
            throw new IllegalArgumentException(
                    "the letter holds only the head of a record of %d bytes; the whole stands on %s, partition %d, offset %d"
                            .formatted(
                                    letter.getRecordBytes(),
                                    letter.getTopic(),
                                    letter.getPartition(),
                                    letter.getOffset()));
        }
        var headers = new RecordHeaders();
        letter.getRecordHeaders().forEach((name, value) -> headers.add(name, bytes(value)));
        return new ProducerRecord<>(
                letter.getTopic(),
                letter.getPartition(),
                unwrap(letter.getRecordKey()),
                unwrap(letter.getRecordValue()),
                headers);
    }

    /** The record's key as text, for people; empty where it had none. */
    public static String keyText(DeadLettered letter) {
        var key = unwrap(letter.getRecordKey());
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    /** Of a record that is cut only the short headers stay: the envelope, which says who told it. */
    private static Map<String, ByteBuffer> headers(Headers headers, boolean cut) {
        var all = new TreeMap<String, ByteBuffer>();
        for (var header : headers) {
            var value = header.value() == null ? new byte[0] : header.value();
            if (!cut || (all.size() < HEADERS && header.key().length() + value.length <= HEADER_BYTES)) {
                all.put(header.key(), ByteBuffer.wrap(value));
            }
        }
        return all;
    }

    private static long sizeOf(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static long sizeOf(Headers headers) {
        var size = 0L;
        for (var header : headers) {
            size += header.key().length() + sizeOf(header.value());
        }
        return size;
    }

    private static @Nullable ByteBuffer head(byte @Nullable [] bytes, int most) {
        return bytes == null
                ? null
                : ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, most)).slice();
    }

    private static byte @Nullable [] unwrap(@Nullable ByteBuffer buffer) {
        return buffer == null ? null : bytes(buffer);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var view = buffer.duplicate();
        var bytes = new byte[view.remaining()];
        view.get(bytes);
        return bytes;
    }
}
