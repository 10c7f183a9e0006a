package io.dartboard.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The wire form of every event: Avro's single-object encoding, that is the marker {@code C3 01}, the CRC-64-AVRO
 * fingerprint of the writer's schema (little-endian, 8 bytes) and the binary body (Avro specification, "Single-object
 * encoding").
 *
 * <p>The fingerprint stands in for a schema registry: every schema that was ever released lies in
 * {@code released/<version>/} on the class path, so a reader of today understands a writer of any release, and a
 * registry is an option of a deployment rather than a need.
 */
public final class EventCodec {
    private static final int HEADER_BYTES = 10;
    private static final Map<Long, BinaryMessageDecoder<SpecificRecord>> DECODERS = new HashMap<>();
    private static final Map<Schema, BinaryMessageEncoder<SpecificRecord>> ENCODERS = new HashMap<>();

    static {
        var types = new HashMap<String, Schema>();
        for (var type : Topics.types()) {
            var schema = SpecificData.get().getSchema(type);
            types.put(schema.getFullName(), schema);
            ENCODERS.put(schema, new BinaryMessageEncoder<>(SpecificData.get(), schema));
            register(schema, schema);
        }
        for (var released : Releases.all()) {
            var reader = types.get(released.getFullName());
            if (reader != null) {
                register(released, reader);
            }
        }
    }

    private EventCodec() {}

    /** Writes a record. */
    public static byte[] encode(SpecificRecord value) {
        var encoder = ENCODERS.get(value.getSchema());
        if (encoder == null) {
            throw new IllegalArgumentException(value.getSchema().getFullName() + " stands on no topic");
        }
        try {
            var buffer = encoder.encode(value);
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NullPointerException | ClassCastException | AvroRuntimeException e) {
            throw new IllegalArgumentException(value.getSchema().getName() + " is incomplete: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a record written by this or any released version.
     *
     * @throws UnreadableEvent if the bytes are no event
     */
    public static SpecificRecord decode(byte[] bytes) {
        if (bytes.length < HEADER_BYTES || bytes[0] != (byte) 0xC3 || bytes[1] != 0x01) {
            throw new UnreadableEvent(
                    "not an event: %d bytes that do not begin with the Avro single-object marker C3 01"
                            .formatted(bytes.length));
        }
        var fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
        var decoder = DECODERS.get(fingerprint);
        if (decoder == null) {
            throw new UnreadableEvent("unknown schema fingerprint %016x: written by a version newer than this one?"
                    .formatted(fingerprint));
        }
        try {
            return decoder.decode(bytes);
        } catch (IOException | RuntimeException e) {
            throw new UnreadableEvent(
                    "the body does not follow its schema: "
                            + Objects.requireNonNullElse(
                                    e.getMessage(), e.getClass().getSimpleName()),
                    e);
        }
    }

    /** Fingerprint of a schema as it stands on the wire, in hexadecimal. */
    public static String fingerprint(Schema schema) {
        return "%016x".formatted(SchemaNormalization.parsingFingerprint64(schema));
    }

    private static void register(Schema writer, Schema reader) {
        var decoder = new BinaryMessageDecoder<SpecificRecord>(SpecificData.get(), reader);
        decoder.addSchema(writer);
        DECODERS.putIfAbsent(SchemaNormalization.parsingFingerprint64(writer), decoder);
    }
}
