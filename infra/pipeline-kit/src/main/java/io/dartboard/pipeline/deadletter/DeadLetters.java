package io.dartboard.pipeline.deadletter;

import io.dartboard.events.DeadLettered;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Makes dead letters of records, and records of dead letters. */
public final class DeadLetters {
    private DeadLetters() {}

    /**
     * The letter for a record that was refused.
     *
     * @param reason one line: why
     * @param service who refused it
     */
    public static DeadLettered of(ConsumerRecord<byte[], byte[]> record, String reason, String service) {
        return new DeadLettered(
                record.topic(),
                record.partition(),
                record.offset(),
                wrap(record.key()),
                wrap(record.value()),
                headers(record.headers()),
                reason,
                service,
                false,
                0L,
                "");
    }

    /**
     * The letter for a record that was refused in a topology.
     *
     * @param place where it stood
     * @param reason one line: why
     * @param service who refused it
     */
    public static DeadLettered of(Record<byte[], byte[]> record, RecordMetadata place, String reason, String service) {
        return new DeadLettered(
                place.topic(),
                place.partition(),
                place.offset(),
                wrap(record.key()),
                wrap(record.value()),
                headers(record.headers()),
                reason,
                service,
                false,
                0L,
                "");
    }

    /** Its key: where the record stood, so that the same record refused by several services is one letter. */
    public static String key(DeadLettered letter) {
        return "%s/%d/%d".formatted(letter.getTopic(), letter.getPartition(), letter.getOffset());
    }

    /** The record as it was, to be put on its topic again. */
    public static ProducerRecord<byte[], byte[]> replay(DeadLettered letter) {
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

    private static Map<String, ByteBuffer> headers(Headers headers) {
        var all = new HashMap<String, ByteBuffer>();
        headers.forEach(header ->
                all.put(header.key(), ByteBuffer.wrap(header.value() == null ? new byte[0] : header.value())));
        return all;
    }

    private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
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
