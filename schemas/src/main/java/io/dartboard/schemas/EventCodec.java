package io.dartboard.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
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
 * {@code released/<version>/} on the class path, so a reader of today understands a writer of any release; and what a
 * newer writer tells on {@code nas.schemas} is learnt while the program runs. A registry is an option of a deployment rather
 * than a need.
 */
public final class EventCodec {
    private static final int HEADER_BYTES = 10;
    /** Schemas that are learnt at most: a cluster of many releases has hundreds. */
    private static final int MOST_LEARNT = 4096;

    private static final Map<String, Schema> READERS = new HashMap<>();
    private static final Map<Schema, BinaryMessageEncoder<SpecificRecord>> ENCODERS = new HashMap<>();
    private static final Map<Long, BinaryMessageDecoder<SpecificRecord>> DECODERS = new ConcurrentHashMap<>();
    /** By fingerprint; there before the decoder of the same is. */
    private static final Map<Long, Schema> WRITERS = new ConcurrentHashMap<>();
    /** Full names of records that this version does not have, by fingerprint. */
    private static final Map<Long, String> UNKNOWN_KINDS = new ConcurrentHashMap<>();

    static {
        // Twenty bytes of garbage may claim to hold a billion items; no record of a topic holds more bytes than these.
        limit("collectionItems", 1 << 20);
        limit("string", 1 << 24);
        limit("bytes", 1 << 24);
        for (var type : Topics.types()) {
            var schema = SpecificData.get().getSchema(type);
            READERS.put(schema.getFullName(), schema);
            ENCODERS.put(schema, new BinaryMessageEncoder<>(SpecificData.get(), schema));
            register(schema, schema);
        }
        for (var released : Releases.all()) {
            var reader = READERS.get(released.getFullName());
            if (reader != null) {
                register(released, reader);
            }
        }
    }

    private EventCodec() {}

    /**
     * Writes a record.
     *
     * @throws IllegalArgumentException in one line, if it is incomplete, stands on no topic, or is more than a topic takes
     */
    public static byte[] encode(SpecificRecord value) {
        var encoder = ENCODERS.get(value.getSchema());
        if (encoder == null) {
            throw new IllegalArgumentException(value.getSchema().getFullName() + " stands on no topic");
        }
        try {
            var buffer = encoder.encode(value);
            if (!EventSense.fits(buffer.remaining())) {
                throw new IllegalArgumentException("%s of %d bytes is more than a topic takes, which is %d"
                        .formatted(value.getSchema().getName(), buffer.remaining(), EventSense.MOST_BYTES));
            }
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
     * Reads a record written by this version, any released one, or one whose schema was learnt.
     *
     * @throws UnknownKind if it is an event of a kind that this version does not have
     * @throws UnreadableEvent if the bytes are no event
     */
    public static SpecificRecord decode(byte[] bytes) {
        if (!isMarked(bytes)) {
            throw new UnreadableEvent(
                    "not an event: %d bytes that do not begin with the Avro single-object marker C3 01"
                            .formatted(bytes.length));
        }
        var fingerprint = fingerprintOf(bytes);
        var decoder = DECODERS.get(fingerprint);
        if (decoder == null) {
            var kind = UNKNOWN_KINDS.get(fingerprint);
            if (kind != null) {
                throw new UnknownKind(kind);
            }
            throw new UnreadableEvent("unknown schema fingerprint %s: neither released nor told on nas.schemas"
                    .formatted(hex(fingerprint)));
        }
        try {
            var writer = WRITERS.get(fingerprint);
            if (writer != null) {
                WrittenBody.require(writer, bytes, HEADER_BYTES);
            }
            return decoder.decode(bytes);
        } catch (UnreadableEvent e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new UnreadableEvent(
                    "the body does not follow its schema: "
                            + Objects.requireNonNullElse(
                                    e.getMessage(), e.getClass().getSimpleName()),
                    e);
        }
    }

    /** False for a record whose schema is yet to be learnt; true for all others, with those that are no events. */
    public static boolean knows(byte[] bytes) {
        if (!isMarked(bytes)) {
            return true;
        }
        var fingerprint = fingerprintOf(bytes);
        return DECODERS.containsKey(fingerprint) || UNKNOWN_KINDS.containsKey(fingerprint);
    }

    /**
     * Learns the schema of another version's writer: from now on its records are read by Avro's rules, or known to be of a
     * kind that this version does not have. What is known stays as it is. Safe for use by several threads.
     *
     * @throws IllegalArgumentException in one line, if it could not be read with this version's schema of that name, is
     *     no record, or is more than can be learnt
     */
    public static void learn(Schema writer) {
        var fingerprint = SchemaNormalization.parsingFingerprint64(writer);
        if (DECODERS.containsKey(fingerprint) || UNKNOWN_KINDS.containsKey(fingerprint)) {
            return;
        }
        var reduced = WriterSchema.reduced(writer);
        if (DECODERS.size() + UNKNOWN_KINDS.size() >= MOST_LEARNT) {
            throw new IllegalArgumentException("%d schemas are known, which is the most; %s is not learnt"
                    .formatted(MOST_LEARNT, writer.getFullName()));
        }
        var reader = READERS.get(writer.getFullName());
        if (reader == null) {
            UNKNOWN_KINDS.putIfAbsent(fingerprint, writer.getFullName());
            return;
        }
        if (SchemaCompatibility.checkReaderWriterCompatibility(reader, reduced).getType()
                != SchemaCompatibilityType.COMPATIBLE) {
            throw new IllegalArgumentException("schema %s of %s cannot be read as this version's; it is refused"
                    .formatted(hex(fingerprint), writer.getFullName()));
        }
        register(reduced, reader);
    }

    /**
     * Learns a schema from its text; see {@link #learn(Schema)}.
     *
     * @throws IllegalArgumentException likewise, and if the text is too long or no schema
     */
    public static void learn(String writer) {
        learn(WriterSchema.parse(writer));
    }

    /** The text of the schema that records of this kind are written with, for whoever is to {@link #learn} it. */
    public static String schemaText(SpecificRecord value) {
        return SchemaNormalization.toParsingForm(value.getSchema());
    }

    /** Fingerprint of a schema as it stands on the wire, in hexadecimal. */
    public static String fingerprint(Schema schema) {
        return hex(SchemaNormalization.parsingFingerprint64(schema));
    }

    private static void limit(String what, int most) {
        var property = "org.apache.avro.limits." + what + ".maxLength";
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(most));
        }
    }

    private static boolean isMarked(byte[] bytes) {
        return bytes.length >= HEADER_BYTES && bytes[0] == (byte) 0xC3 && bytes[1] == 0x01;
    }

    private static long fingerprintOf(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    }

    private static String hex(long fingerprint) {
        return HexFormat.of().toHexDigits(fingerprint);
    }

    private static void register(Schema writer, Schema reader) {
        var decoder = new BinaryMessageDecoder<SpecificRecord>(SpecificData.get(), reader);
        decoder.addSchema(writer);
        var fingerprint = SchemaNormalization.parsingFingerprint64(writer);
        WRITERS.putIfAbsent(fingerprint, writer);
        DECODERS.putIfAbsent(fingerprint, decoder);
    }
}
