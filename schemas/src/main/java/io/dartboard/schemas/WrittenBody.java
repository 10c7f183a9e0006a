package io.dartboard.schemas;

import java.util.Locale;
import org.apache.avro.Schema;

/**
 * The body of an event before it is read: walked through by its writer's schema, so that what does not follow it is refused
 * in words, and nothing is made room for that the bytes do not hold. Avro's own limits hold only where they are set before
 * its first use in the process, and a hundred bytes can claim a billion items.
 */
final class WrittenBody {
    private static final int MOST_DEPTH = 64;
    private static final int INT_BYTES = 5;
    private static final int LONG_BYTES = 10;

    private final byte[] bytes;
    private int at;

    private WrittenBody(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    /**
     * Returns if the bytes from an index to the end follow a schema, and nothing follows them.
     *
     * @throws UnreadableEvent in one line, if not
     */
    static void require(Schema writer, byte[] bytes, int from) {
        var body = new WrittenBody(bytes, from);
        body.walk(writer, writer.getName(), 0);
        if (body.left() > 0) {
            throw new UnreadableEvent("the body does not follow its schema: %d bytes stand behind the end of %s"
                    .formatted(body.left(), writer.getName()));
        }
    }

    private void walk(Schema schema, String place, int depth) {
        if (depth > MOST_DEPTH) {
            throw wrong(place, "is nested deeper than %d levels".formatted(MOST_DEPTH));
        }
        switch (schema.getType()) {
            case NULL -> {}
            case BOOLEAN -> skip(1, place);
            case INT -> number(INT_BYTES, place);
            case LONG -> number(LONG_BYTES, place);
            case FLOAT -> skip(Float.BYTES, place);
            case DOUBLE -> skip(Double.BYTES, place);
            case FIXED -> skip(schema.getFixedSize(), place);
            case STRING, BYTES -> skip(number(LONG_BYTES, place), place);
            case ENUM -> choice(schema.getEnumSymbols().size(), place);
            case UNION -> {
                var chosen = choice(schema.getTypes().size(), place);
                walk(schema.getTypes().get(chosen), place, depth + 1);
            }
            case ARRAY -> items(schema.getElementType(), false, place, depth);
            case MAP -> items(schema.getValueType(), true, place, depth);
            case RECORD ->
                schema.getFields().forEach(field -> walk(field.schema(), place + "." + field.name(), depth + 1));
        }
    }

    /** In blocks, each led by its count; a negative one is followed by the block's length. */
    private void items(Schema schema, boolean isNamed, String place, int depth) {
        for (var count = number(LONG_BYTES, place); count != 0; count = number(LONG_BYTES, place)) {
            if (count < 0) {
                number(LONG_BYTES, place);
                count = -count;
            }
            if (count < 0 || count > left()) {
                throw wrong(place, "claims %s items in %d bytes".formatted(Long.toUnsignedString(count), left()));
            }
            for (var i = 0L; i < count; i++) {
                if (isNamed) {
                    skip(number(LONG_BYTES, place), place);
                }
                walk(schema, place, depth + 1);
            }
        }
    }

    private int choice(int of, String place) {
        var chosen = number(INT_BYTES, place);
        if (chosen < 0 || chosen >= of) {
            throw wrong(place, "names choice %d of %d".formatted(chosen, of));
        }
        return (int) chosen;
    }

    /** A number of variable length, zigzag. */
    private long number(int most, String place) {
        var value = 0L;
        for (var i = 0; i < most; i++) {
            skip(1, place);
            var part = bytes[at - 1];
            value |= (part & 0x7FL) << (7 * i);
            if (part >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw wrong(place, "holds a number of more than %d bytes".formatted(most));
    }

    private void skip(long length, String place) {
        if (length < 0 || length > left()) {
            throw wrong(
                    place,
                    length < 0
                            ? "claims a length of %d".formatted(length)
                            : "ends early: %d bytes of %d are there".formatted(left(), length));
        }
        at += (int) length;
    }

    private int left() {
        return bytes.length - at;
    }

    private static UnreadableEvent wrong(String place, String what) {
        return new UnreadableEvent(
                String.format(Locale.ROOT, "the body does not follow its schema: %s %s", place, what));
    }
}
