package io.dartboard.pipeline.identity;

import io.dartboard.schemas.Releases;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * A record as text that later releases write alike: JSON as Avro writes it, where a field leaves no trace if it is null, or
 * if it is newer than {@link #BASELINE} and stands at its default. So a field that a release adds with a default moves no
 * id until somebody sets it; what the baseline had enters with whatever value it has.
 *
 * <p>The text holds the names of fields and neither those of schemas nor their fingerprints, and is the same in every
 * locale.
 */
final class IdentityText {
    /** The first release whose ids every later one keeps. Raising it would move them. */
    static final String BASELINE = "0.3.0";

    private static final Map<String, Set<String>> BASELINE_FIELDS = baseline();

    private IdentityText() {}

    /** The text of a record. */
    static String of(IndexedRecord record) {
        return of(record, Set.of());
    }

    /**
     * The text of a record without some of its fields.
     *
     * @param without names of fields of the record itself that are no part of what it stands for
     */
    static String of(IndexedRecord record, Set<String> without) {
        var known = known(record.getSchema().getFullName());
        return record.getSchema().getFields().stream()
                .filter(field -> !without.contains(field.name()) && speaks(field, record.get(field.pos()), known))
                .map(field -> "\"" + field.name() + "\": " + value(record.get(field.pos())))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** The fields that a record had in the baseline; none where it is newer. */
    static Set<String> known(String fullName) {
        return BASELINE_FIELDS.getOrDefault(fullName, Set.of());
    }

    private static boolean speaks(Schema.Field field, @Nullable Object value, Set<String> known) {
        if (value == null) {
            return false;
        }
        if (known.contains(field.name()) || !field.hasDefaultValue()) {
            return true;
        }
        // Of text, since a default of a nested record is generic and the value is not.
        return !value(value).equals(value(SpecificData.get().getDefaultValue(field)));
    }

    private static String value(@Nullable Object value) {
        if (value instanceof IndexedRecord nested) {
            return of(nested);
        }
        if (value instanceof Iterable<?> items) {
            var texts = new StringBuilder("[");
            for (var item : items) {
                texts.append(texts.length() == 1 ? "" : ", ").append(value(item));
            }
            return texts.append("]").toString();
        }
        if (value instanceof Map<?, ?> entries) {
            // Sorted: two maps that are equal may hold their entries in another order.
            var sorted = new TreeMap<String, String>();
            entries.forEach((key, item) -> sorted.put(SpecificData.get().toString(key.toString()), value(item)));
            return sorted.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return SpecificData.get().toString(value);
    }

    /** The fields of every record of the baseline, nested ones included, by full name. */
    private static Map<String, Set<String>> baseline() {
        var fields = new HashMap<String, Set<String>>();
        Releases.of(BASELINE).forEach(schema -> collect(schema, fields));
        return fields;
    }

    private static void collect(Schema schema, Map<String, Set<String>> into) {
        switch (schema.getType()) {
            case RECORD -> {
                if (into.containsKey(schema.getFullName())) {
                    return;
                }
                into.put(
                        schema.getFullName(),
                        schema.getFields().stream()
                                .map(Schema.Field::name)
                                .collect(Collectors.toCollection(HashSet::new)));
                schema.getFields().forEach(field -> collect(field.schema(), into));
            }
            case UNION -> schema.getTypes().forEach(member -> collect(member, into));
            case ARRAY -> collect(schema.getElementType(), into);
            case MAP -> collect(schema.getValueType(), into);
            default -> {}
        }
    }
}
