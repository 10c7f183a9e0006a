package io.dartboard.pipeline.planner;

import org.apache.avro.specific.SpecificRecord;

/**
 * A table of the {@link Ledger}: facts of one kind by key.
 *
 * @param name unique within the ledger, without a slash
 * @param type the record kept in it
 * @param <V> likewise
 */
public record Table<V extends SpecificRecord>(String name, Class<V> type) {
    public Table {
        if (name.isEmpty() || name.contains("/")) {
            throw new IllegalArgumentException(
                    "a table's name is not empty and has no slash (was '%s')".formatted(name));
        }
    }

    /** A table named as its record. */
    public static <V extends SpecificRecord> Table<V> of(Class<V> type) {
        return new Table<>(type.getSimpleName(), type);
    }
}
