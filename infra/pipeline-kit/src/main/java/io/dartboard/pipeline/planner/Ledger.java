package io.dartboard.pipeline.planner;

import io.dartboard.schemas.EventCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What a planner knows: tables of facts, and marks for what it has already done. All of it lies in one state store whose
 * changelog is written in the transaction of the decision, so knowledge and decision are never apart. Values are events in
 * their wire form, so the contracts' compatibility rules hold for the state as well.
 */
public final class Ledger {
    private static final byte[] MARK = {1};

    private final KeyValueStore<String, byte[]> store;
    private boolean changed;

    Ledger(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    /** Stores a fact, replacing one with the same key. */
    public <V extends SpecificRecord> void put(Table<V> table, String key, V value) {
        changed = true;
        store.put(table.name() + "/" + key, EventCodec.encode(value));
    }

    /** The fact with this key. */
    public <V extends SpecificRecord> Optional<V> get(Table<V> table, String key) {
        return Optional.ofNullable(store.get(table.name() + "/" + key)).map(bytes -> read(table, bytes));
    }

    /** All facts of a table, in key order. */
    public <V extends SpecificRecord> List<V> all(Table<V> table) {
        return withPrefix(table, "");
    }

    /** The facts of a table whose key begins so, in key order. */
    public <V extends SpecificRecord> List<V> withPrefix(Table<V> table, String keyPrefix) {
        var values = new ArrayList<V>();
        scan(table.name() + "/" + keyPrefix, (key, bytes) -> values.add(read(table, bytes)));
        return values;
    }

    /** Marks something as done; true if it was not before. */
    public boolean mark(String what) {
        var isNew = store.putIfAbsent("!" + what, MARK) == null;
        changed |= isNew;
        return isNew;
    }

    /** True if it is marked as done. */
    public boolean marked(String what) {
        return store.get("!" + what) != null;
    }

    /** Takes a mark back. */
    public void unmark(String what) {
        changed |= store.delete("!" + what) != null;
    }

    /** What follows the prefix in each mark that begins so, in order. */
    public List<String> marks(String prefix) {
        var rests = new ArrayList<String>();
        scan("!" + prefix, (key, bytes) -> rests.add(key.substring(1 + prefix.length())));
        return rests;
    }

    /** True if anything was written since this was last asked. */
    boolean takeChanged() {
        var was = changed;
        changed = false;
        return was;
    }

    private void scan(String prefix, BiConsumer<String, byte[]> visitor) {
        try (var entries = store.prefixScan(prefix, new StringSerializer())) {
            while (entries.hasNext()) {
                KeyValue<String, byte[]> entry = entries.next();
                visitor.accept(entry.key, entry.value);
            }
        }
    }

    private static <V extends SpecificRecord> V read(Table<V> table, byte[] bytes) {
        return table.type().cast(EventCodec.decode(bytes));
    }
}
