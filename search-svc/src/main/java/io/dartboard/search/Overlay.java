package io.dartboard.search;

import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Lays what a person wrote over a preset. The settings' own contract is the form: its fields are those that may be written,
 * so that a field added to a contract can be set from the day it is there.
 */
final class Overlay {
    private Overlay() {}

    /**
     * The preset with the fields that the body names.
     *
     * @param except fields of the contract that are not written here
     */
    static <R extends SpecificRecordBase> R on(R preset, Body body, Set<String> except) {
        var laid = SpecificData.get().deepCopy(preset.getSchema(), preset);
        for (var field : laid.getSchema().getFields()) {
            if (!except.contains(field.name())) {
                lay(laid, field, body);
            }
        }
        body.end();
        return laid;
    }

    private static void lay(SpecificRecordBase into, Schema.Field field, Body body) {
        var given =
                switch (field.schema().getType()) {
                    case STRING -> body.optionalText(field.name());
                    case INT -> body.optionalInt(field.name());
                    case LONG -> body.optionalLong(field.name());
                    case DOUBLE -> body.optionalDouble(field.name());
                    default ->
                        throw new IllegalStateException("%s of type %s cannot be written in a run file"
                                .formatted(field.name(), field.schema().getType()));
                };
        given.ifPresent(value -> into.put(field.pos(), value));
    }
}
