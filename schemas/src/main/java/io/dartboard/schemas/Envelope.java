package io.dartboard.schemas;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;

/**
 * What every event says of itself, as CloudEvents 1.0 attributes in the record's headers (Kafka protocol binding, binary
 * mode: {@code ce_} prefix, UTF-8), and where it stands among others, as a {@code traceparent} of {@link TraceContext}.
 *
 * @param id unique with {@code source}; the same for a repeat of the same event, so that consumers can ignore it
 * @param source the service that tells it, e.g. {@code /dartboard/search-svc}
 * @param type the record's full name, e.g. {@code io.dartboard.events.AlphaCheckpointed}
 * @param subject the record key
 * @param time when it was told
 * @param runId the run it belongs to; empty for a dataset
 * @param causationId the id of the event that led to it; empty where a person did
 * @param producerVersion version of the service
 * @param schemaVersion CRC-64-AVRO fingerprint of the schema, hexadecimal
 */
public record Envelope(
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        String runId,
        String causationId,
        String producerVersion,
        String schemaVersion) {

    /** Times are kept in milliseconds; one that is farther away cannot be, and counts as none. */
    private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE);

    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    /** The envelope of a record that is about to be sent. */
    public static Envelope of(
            SpecificRecord value,
            String id,
            String source,
            String subject,
            Instant time,
            String runId,
            String causationId,
            String producerVersion) {
        var schema = value.getSchema();
        return new Envelope(
                id,
                source,
                schema.getFullName(),
                subject,
                time,
                runId,
                causationId,
                producerVersion,
                EventCodec.fingerprint(schema));
    }

    /** Writes the attributes, replacing any that are there. */
    public void writeTo(Headers headers) {
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", id);
        put(headers, "ce_source", source);
        put(headers, "ce_type", type);
        put(headers, "ce_subject", subject);
        put(headers, "ce_time", time.toString());
        put(headers, "ce_runid", runId);
        put(headers, "ce_causationid", causationId);
        put(headers, "ce_producerversion", producerVersion);
        put(headers, "ce_schemaversion", schemaVersion);
        put(headers, "traceparent", TraceContext.traceParent(id, runId));
        put(headers, "content-type", "application/avro");
    }

    /** Reads the attributes; empty where the record carries none, as one that was sent by hand. */
    public static Optional<Envelope> readFrom(Headers headers) {
        var id = get(headers, "ce_id");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Instant time;
        try {
            time = Instant.parse(get(headers, "ce_time"));
        } catch (DateTimeException e) {
            time = Instant.EPOCH;
        }
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            time = Instant.EPOCH;
        }
        return Optional.of(new Envelope(
                id,
                get(headers, "ce_source"),
                get(headers, "ce_type"),
                get(headers, "ce_subject"),
                time,
                get(headers, "ce_runid"),
                get(headers, "ce_causationid"),
                get(headers, "ce_producerversion"),
                get(headers, "ce_schemaversion")));
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String get(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
