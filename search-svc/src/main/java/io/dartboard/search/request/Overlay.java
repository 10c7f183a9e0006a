package io.dartboard.search.request;

import io.dartboard.search.body.Body;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Lays what a person wrote over a preset. The settings' own contract is the form: its fields are those that may be written,
 * so that a field added to a contract can be set from the day it is there.
 */
public final class Overlay {
    private Overlay() {}

    /**
     * The preset with the fields that the body names.
     *
     * @param except fields of the contract that are not written here
     */
    public static <R extends SpecificRecordBase> R on(R preset, Body body, Set<String> except) {
        var laid = SpecificData.get().deepCopy(preset.getSchema(), preset);
        layAll(laid, body, except);
        body.end();
        return laid;
    }

    /** The fields of a part that is there are written beside the others; of one that is not, none is known. */
    private static void layAll(SpecificRecordBase into, Body body, Set<String> except) {
        for (var field : into.getSchema().getFields()) {
            if (except.contains(field.name())) {
                continue;
            }
            if (into.get(field.pos()) instanceof SpecificRecordBase part) {
                layAll(part, body, except);
            } else if (field.schema().getType() != Schema.Type.UNION) {
                lay(into, field, body);
            } else if (standsByItself(field.schema())) {
                body.optionalObject(field.name())
                        .ifPresent(given -> into.put(field.pos(), on(defaults(field.schema()), given, Set.of())));
            } else if (isMap(field.schema())) {
                // One that names nothing is none, so that the run is the same as without it.
                body.optionalNumbers(field.name())
                        .filter(numbers -> !numbers.isEmpty())
                        .ifPresent(numbers -> into.put(field.pos(), numbers));
            }
        }
    }

    /** Whether a part that is not there can be written without a preset: each of its fields has a default. */
    private static boolean standsByItself(Schema union) {
        return union.getTypes().stream()
                .anyMatch(member -> member.getType() == Schema.Type.RECORD
                        && member.getFields().stream().allMatch(Schema.Field::hasDefaultValue));
    }

    private static SpecificRecordBase defaults(Schema union) {
        var record = union.getTypes().stream()
                .filter(member -> member.getType() == Schema.Type.RECORD)
                .findFirst()
                .orElseThrow();
        var made = (SpecificRecordBase) SpecificData.get().newRecord(null, record);
        record.getFields()
                .forEach(field -> made.put(field.pos(), SpecificData.get().getDefaultValue(field)));
        return made;
    }

    private static boolean isMap(Schema union) {
        return union.getTypes().stream().anyMatch(member -> member.getType() == Schema.Type.MAP);
    }

    private static void lay(SpecificRecordBase into, Schema.Field field, Body body) {
        var given =
                switch (field.schema().getType()) {
                    case STRING -> body.optionalText(field.name());
                    case INT -> body.optionalInt(field.name());
                    case LONG -> body.optionalLong(field.name());
                    case DOUBLE -> body.optionalDouble(field.name());
                    case BOOLEAN -> body.optionalBoolean(field.name());
                    default ->
                        throw new IllegalStateException("%s of type %s cannot be written in a run file"
                                .formatted(field.name(), field.schema().getType()));
                };
        given.ifPresent(value -> into.put(field.pos(), value));
    }
}
