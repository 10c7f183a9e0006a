package io.dartboard.schemas;

import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * A schema that came from elsewhere, before it is trusted: parsed within bounds, reduced to what reading needs, and refused
 * where records that follow it could take more work than their bytes.
 */
final class WriterSchema {
    /** More than ten times the largest contract; a topic's record could hold more. */
    static final int MOST_CHARACTERS = 256 * 1024;

    private WriterSchema() {}

    /**
     * Parses the text of a schema.
     *
     * @throws IllegalArgumentException in one line, if it is none or not acceptable
     */
    static Schema parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "a schema of %d characters is refused; the most are %d".formatted(text.length(), MOST_CHARACTERS));
        }
        try {
            return reduced(new Schema.Parser().parse(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(oneLine(String.valueOf(e.getMessage())), e);
        } catch (RuntimeException | StackOverflowError e) {
            // Avro's parser throws whatever comes: a name that is declared nowhere is a null pointer.
            throw new IllegalArgumentException("no schema: " + oneLine(String.valueOf(e.getMessage())), e);
        }
    }

    /**
     * What reading needs of a schema: its parsing canonical form. Properties are left out, with those that name Java
     * classes, which a schema from elsewhere has no say in.
     */
    static Schema reduced(Schema schema) {
        var reduced = new Schema.Parser().parse(SchemaNormalization.toParsingForm(schema));
        if (reduced.getType() != Schema.Type.RECORD) {
            throw new IllegalArgumentException("an event is a record, and this schema is %s"
                    .formatted(schema.getType().getName()));
        }
        requireBytes(reduced, new HashSet<>());
        return reduced;
    }

    /** Items of no bytes could be a billion in ten bytes. */
    private static void requireBytes(Schema schema, Set<String> seen) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> requireBytes(field.schema(), seen));
                }
            }
            case UNION -> schema.getTypes().forEach(member -> requireBytes(member, seen));
            case MAP -> requireBytes(schema.getValueType(), seen);
            case ARRAY -> {
                if (!takesBytes(schema.getElementType(), new HashSet<>())) {
                    throw new IllegalArgumentException("a schema with an array of items without bytes is refused");
                }
                requireBytes(schema.getElementType(), seen);
            }
            default -> {}
        }
    }

    private static boolean takesBytes(Schema schema, Set<String> within) {
        return switch (schema.getType()) {
            case NULL -> false;
            case FIXED -> schema.getFixedSize() > 0;
            case RECORD ->
                within.add(schema.getFullName())
                        && schema.getFields().stream().anyMatch(field -> takesBytes(field.schema(), within));
            default -> true;
        };
    }

    private static String oneLine(String text) {
        var line = text.replaceAll("\\s+", " ");
        return line.length() > 200 ? line.substring(0, 200) + "..." : line;
    }
}
