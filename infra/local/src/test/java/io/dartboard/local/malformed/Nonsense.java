package io.dartboard.local.malformed;

import io.dartboard.schemas.EventCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Events that follow their schemas and cannot be meant: a value or some, anywhere in them, are out of this world. */
final class Nonsense {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "/",
            ".",
            "..",
            "../../../etc/passwd",
            "a/b",
            "a\u0000b",
            "\u001b[2J\u0007\r\n\tline",
            "é🦄\u202e",
            "null",
            "NaN",
            "%s%n%d",
            "{\"a\": [",
            "Genotype(",
            "r0",
            "r1",
            "shapes",
            "darts-cnn",
            "darts-rnn");
    private static final int[] INTS = {0, 1, -1, 2, 7, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE};
    private static final long[] LONGS = {0, 1, -1, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE};
    private static final double[] DOUBLES = {
        0, -0.0, 1, -1, 0.5, 1e308, 1e-320, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };
    private static final int MOST_ITEMS = 3_000;

    private final SplittableRandom random;
    /** How many lists deep: what stands in one is short, or no broker would take it. */
    private int many;

    Nonsense(SplittableRandom random) {
        this.random = random;
    }

    /** The event with one to four values replaced. */
    SpecificRecord of(SpecificRecord valid) {
        var copy = EventCodec.decode(EventCodec.encode(valid));
        var changes = 1 + random.nextInt(4);
        for (var i = 0; i < changes; i++) {
            change(copy);
        }
        return copy;
    }

    private void change(IndexedRecord record) {
        var fields = record.getSchema().getFields();
        var field = fields.get(random.nextInt(fields.size()));
        var value = record.get(field.pos());
        record.put(field.pos(), changed(field.schema(), value));
    }

    private @Nullable Object changed(Schema schema, @Nullable Object value) {
        if (value instanceof IndexedRecord inner && random.nextInt(8) > 0) {
            change(inner);
            return inner;
        }
        if (value instanceof List<?> list && !list.isEmpty() && random.nextBoolean()) {
            var items = new ArrayList<@Nullable Object>(list);
            var at = random.nextInt(items.size());
            items.set(at, changed(schema.getElementType(), items.get(at)));
            return items;
        }
        return any(schema);
    }

    private @Nullable Object any(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> text();
            case INT -> INTS[random.nextInt(INTS.length)];
            case LONG -> LONGS[random.nextInt(LONGS.length)];
            case DOUBLE -> DOUBLES[random.nextInt(DOUBLES.length)];
            case FLOAT -> (float) DOUBLES[random.nextInt(DOUBLES.length)];
            case BOOLEAN -> random.nextBoolean();
            case BYTES -> ByteBuffer.wrap(new byte[random.nextInt(100)]);
            case ENUM -> {
                var symbols = schema.getEnumSymbols();
                yield SpecificData.get().createEnum(symbols.get(random.nextInt(symbols.size())), schema);
            }
            case UNION ->
                any(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case ARRAY -> items(schema.getElementType());
            case MAP -> named(schema.getValueType());
            case RECORD -> {
                var record = (IndexedRecord) SpecificData.get().newRecord(null, schema);
                schema.getFields().forEach(field -> record.put(field.pos(), any(field.schema())));
                yield record;
            }
            default -> null;
        };
    }

    private List<@Nullable Object> items(Schema schema) {
        var items = new ArrayList<@Nullable Object>();
        var count = random.nextInt(3) == 0 ? 0 : random.nextInt(2 + random.nextInt(MOST_ITEMS));
        many++;
        var one = any(schema);
        for (var i = 0; i < count; i++) {
            items.add(i < 3 && schema.getType() != Schema.Type.RECORD ? any(schema) : one);
        }
        many--;
        return items;
    }

    private Map<String, @Nullable Object> named(Schema schema) {
        var named = new HashMap<String, @Nullable Object>();
        var count = random.nextInt(40);
        many++;
        for (var i = 0; i < count; i++) {
            named.put(text(), any(schema));
        }
        many--;
        return named;
    }

    private String text() {
        return switch (random.nextInt(12)) {
            case 0 -> "x".repeat(1 + (int) Math.exp(random.nextDouble() * Math.log(many > 0 ? 300 : 1_000_000)));
            case 1 -> TEXTS.get(random.nextInt(TEXTS.size())).repeat(1 + random.nextInt(many > 0 ? 10 : 500));
            default -> TEXTS.get(random.nextInt(TEXTS.size()));
        };
    }
}
