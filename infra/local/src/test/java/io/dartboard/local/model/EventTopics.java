package io.dartboard.local.model;

import io.dartboard.pipeline.event.Event;
import io.dartboard.schemas.Envelope;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** The pipeline's topics in memory, and a clock on which no two records are of the same time. */
final class EventTopics {
    private final Map<Topic<?>, List<Record<byte[], byte[]>>> records = new LinkedHashMap<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int written;

    EventTopics() {
        Topics.ALL.forEach(topic -> records.put(topic, new ArrayList<>()));
    }

    Instant now() {
        return now;
    }

    void pass(long seconds) {
        now = now.plusSeconds(seconds);
    }

    /** How much has been written at all. */
    int written() {
        return written;
    }

    List<Record<byte[], byte[]>> of(Topic<?> topic) {
        return records.computeIfAbsent(topic, each -> new ArrayList<>());
    }

    /** Every event of a topic, in order. */
    List<SpecificRecord> events(Topic<?> topic) {
        return of(topic).stream()
                .map(record -> (SpecificRecord) topic.decode(record.value()))
                .toList();
    }

    Record<byte[], byte[]> tell(Topic<?> topic, String key, SpecificRecord event, String source) {
        var value = encode(topic, event);
        var headers = new RecordHeaders();
        now = now.plusMillis(1);
        Envelope.of(event, "id-" + written, source, key, now, "", "", "1").writeTo(headers);
        return append(topic, new Record<>(key.getBytes(StandardCharsets.UTF_8), value, 0L, headers));
    }

    /** Puts a record on a topic, whose time is the broker's. */
    Record<byte[], byte[]> append(Topic<?> topic, Record<byte[], byte[]> record) {
        now = now.plusMillis(1);
        written++;
        var stamped =
                new Record<>(record.key(), record.value(), now.toEpochMilli(), new RecordHeaders(record.headers()));
        of(topic).add(stamped);
        return stamped;
    }

    static Event<?> event(Topic<?> topic, long offset, Record<byte[], byte[]> record) {
        return typed(topic, offset, record);
    }

    static Instant told(Record<byte[], byte[]> record) {
        return Envelope.readFrom(record.headers())
                .map(Envelope::time)
                .orElseGet(() -> Instant.ofEpochMilli(record.timestamp()));
    }

    private static <V extends SpecificRecord> Event<V> typed(
            Topic<V> topic, long offset, Record<byte[], byte[]> record) {
        return new Event<>(
                topic,
                new String(record.key(), StandardCharsets.UTF_8),
                topic.decode(record.value()),
                offset,
                Instant.ofEpochMilli(record.timestamp()),
                Envelope.readFrom(record.headers()));
    }

    @SuppressWarnings("unchecked")
    private static byte[] encode(Topic<?> topic, SpecificRecord event) {
        return ((Topic<SpecificRecord>) topic).encode(event);
    }
}
