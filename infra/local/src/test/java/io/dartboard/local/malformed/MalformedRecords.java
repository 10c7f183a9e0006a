package io.dartboard.local.malformed;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RunRequested;
import io.dartboard.local.malformed.ValidRecords.Valid;
import io.dartboard.schemas.Envelope;
import io.dartboard.schemas.EventCodec;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** An endless row of records of which hardly one is right; the same of the same seed. */
final class MalformedRecords {
    /** A broker takes 1,048,588 bytes of a batch unless told otherwise; less what key, headers and batch take. */
    static final int LARGEST = 1_048_400;

    private static final List<Fault> FAULTS = List.of(Fault.values());

    private final SplittableRandom random;
    private final Nonsense nonsense;
    private final List<Valid> valid;
    private final List<Valid> ofToday;
    private int runs;
    private int versions = 1;
    private int attempts = 1;

    MalformedRecords(long seed) throws IOException {
        this.random = new SplittableRandom(seed);
        this.nonsense = new Nonsense(random);
        this.valid = ValidRecords.all();
        this.ofToday = ValidRecords.ofToday();
    }

    /** What is wrong with a record. */
    enum Fault {
        BITS,
        CUT,
        SWAPPED,
        LENGTH,
        OTHER_TOPIC,
        KEY,
        NO_VALUE,
        HEADERS,
        FINGERPRINT,
        NOISE,
        TAIL,
        NONSENSE,
        MORE_NONSENSE,
        NOTHING_BUT_NONSENSE
    }

    /** A record and what is wrong with it. */
    record Malformed(Fault fault, Topic<?> topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        @Override
        public String toString() {
            return "%s on %s, %s bytes, key %s"
                    .formatted(
                            fault,
                            topic.name(),
                            value == null ? "no" : value.length,
                            key == null ? "none" : key.length + " bytes");
        }
    }

    /** The next one. */
    Malformed next() {
        var from = random.nextBoolean()
                ? valid.get(random.nextInt(valid.size()))
                : ofToday.get(random.nextInt(ofToday.size()));
        return spoilt(FAULTS.get(random.nextInt(FAULTS.size())), from.topic(), from);
    }

    /** One for a topic, which takes as many bytes as a broker does. */
    Malformed largest(Topic<?> topic) {
        var of = valid.stream().filter(each -> each.topic().equals(topic)).toList();
        var value = Arrays.copyOf(of.get(random.nextInt(of.size())).value(), LARGEST);
        return new Malformed(Fault.TAIL, topic, "k".getBytes(StandardCharsets.UTF_8), value, new RecordHeaders());
    }

    private Malformed spoilt(Fault fault, Topic<?> topic, Valid from) {
        var key = "k".getBytes(StandardCharsets.UTF_8);
        var value = from.value().clone();
        var headers = new RecordHeaders();
        Envelope.of(from.event(), "id-" + random.nextLong(), "test-svc", "k", Instant.EPOCH.plusSeconds(1), "", "", "1")
                .writeTo(headers);
        return switch (fault) {
            case BITS -> {
                for (var i = random.nextInt(8); i >= 0; i--) {
                    value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));
                }
                yield new Malformed(fault, topic, key, value, headers);
            }
            case CUT -> new Malformed(fault, topic, key, Arrays.copyOf(value, random.nextInt(value.length)), headers);
            case SWAPPED -> {
                var length = random.nextInt(1, value.length / 2);
                var a = random.nextInt(value.length - length);
                var b = random.nextInt(value.length - length);
                var slice = Arrays.copyOfRange(value, a, a + length);
                System.arraycopy(value, b, value, a, length);
                System.arraycopy(slice, 0, value, b, length);
                yield new Malformed(fault, topic, key, value, headers);
            }
            case LENGTH -> {
                var at = random.nextInt(10, value.length);
                var bytes = random.nextInt(1, 10);
                for (var i = at; i < Math.min(value.length, at + bytes); i++) {
                    value[i] = (byte) (i == at + bytes - 1 ? 0x7F : 0xFF);
                }
                yield new Malformed(fault, topic, key, value, headers);
            }
            case OTHER_TOPIC -> new Malformed(fault, anyTopic(), key, value, headers);
            case KEY -> new Malformed(fault, topic, anyKey(), value, headers);
            case NO_VALUE -> new Malformed(fault, topic, key, null, headers);
            case HEADERS -> new Malformed(fault, topic, key, value, anyHeaders());
            case FINGERPRINT -> {
                value[random.nextInt(2, 10)] ^= (byte) random.nextInt(1, 256);
                yield new Malformed(fault, topic, key, value, headers);
            }
            case NOISE -> new Malformed(fault, anyTopic(), key, noise(), headers);
            case TAIL -> {
                var whole = Arrays.copyOf(value, random.nextInt(value.length + 1, LARGEST));
                yield new Malformed(fault, topic, key, whole, headers);
            }
            case NONSENSE, MORE_NONSENSE, NOTHING_BUT_NONSENSE ->
                new Malformed(fault, topic, key, nonsense(from), headers);
        };
    }

    private byte[] nonsense(Valid from) {
        while (true) {
            try {
                var event = nonsense.of(from.event());
                if (random.nextInt(3) > 0) {
                    renew(event);
                }
                var bytes = EventCodec.encode(event);
                if (bytes.length <= LARGEST) {
                    return bytes;
                }
            } catch (IllegalArgumentException tooLarge) {
                // Not even a writer takes it.
            }
        }
    }

    /** What is known already, or over, would hardly be looked at: a run that is new, a version, a newer attempt. */
    private void renew(SpecificRecord event) {
        var schema = event.getSchema();
        if (event instanceof RunRequested) {
            put(event, schema.getField("run"), "n" + ++runs);
            if (random.nextBoolean()) {
                put(event, schema.getField("datasetVersion"), "v" + random.nextInt(versions + 1));
            }
        } else if (event instanceof DatasetPublished) {
            put(event, schema.getField("version"), "v" + ++versions);
        } else if (runs > 0) {
            put(event, schema.getField("run"), "n" + random.nextInt(Math.max(1, runs - 20), runs + 1));
        }
        put(event, schema.getField("attempt"), ++attempts);
    }

    private static void put(SpecificRecord event, Schema.@Nullable Field field, Object value) {
        // What has the name of a run may be one.
        if (field != null && !(value instanceof String && field.schema().getType() != Schema.Type.STRING)) {
            event.put(field.pos(), value);
        }
    }

    /** Every order of size is as likely as every other. */
    private byte[] noise() {
        var bytes = new byte[(int) Math.min(LARGEST, Math.exp(random.nextDouble() * Math.log(LARGEST * 1.5)))];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte @Nullable [] anyKey() {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> new byte[random.nextInt(200_000)];
            default -> new byte[] {(byte) 0xFF, (byte) 0xFE, 0, '/', '\n'};
        };
    }

    private Headers anyHeaders() {
        var headers = new RecordHeaders();
        var text = new byte[random.nextInt(2) == 0 ? 8 : random.nextInt(100_000)];
        random.nextBytes(text);
        headers.add("ce_id", random.nextBoolean() ? text : null);
        headers.add(
                "ce_time",
                random.nextBoolean() ? text : "+1000000000-12-31T23:59:59Z".getBytes(StandardCharsets.UTF_8));
        headers.add("ce_runid", text);
        headers.add("", text);
        return headers;
    }

    private Topic<?> anyTopic() {
        return Topics.ALL.get(random.nextInt(Topics.ALL.size()));
    }
}
