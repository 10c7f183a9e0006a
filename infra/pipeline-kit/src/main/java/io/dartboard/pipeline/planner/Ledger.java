package io.dartboard.pipeline.planner;

import io.dartboard.schemas.EventCodec;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.UnreadableEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What a planner knows: tables of facts, and marks for what it has already done. All of it lies in one state store whose
 * changelog is written in the transaction of the decision, so knowledge and decision are never apart. Values are events in
 * their wire form, so the contracts' compatibility rules hold for the state as well.
 *
 * <p>What a decision changes is seen by it at once and kept only when the decision stands: one that is broken off leaves
 * nothing behind.
 */
public final class Ledger {
    private static final byte[] MARK = {1};

    private final KeyValueStore<String, byte[]> store;
    /** Changes of the present decision; empty for what is removed. */
    private TreeMap<String, Optional<byte[]>> draft = new TreeMap<>();

    Ledger(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    /** Stores a fact, replacing one with the same key. */
    public <V extends SpecificRecord> void put(Table<V> table, String key, V value) {
        draft.put(table.name() + "/" + key, Optional.of(EventCodec.encode(value)));
    }

    /** Removes the fact with this key; no error where there is none. */
    public void remove(Table<?> table, String key) {
        draft.put(table.name() + "/" + key, Optional.empty());
    }

    /** The fact with this key. */
    public <V extends SpecificRecord> Optional<V> get(Table<V> table, String key) {
        var place = table.name() + "/" + key;
        return find(place).map(bytes -> read(table, place, bytes));
    }

    /** All facts of a table, in key order. */
    public <V extends SpecificRecord> List<V> all(Table<V> table) {
        return all(table, "");
    }

    /** The facts of a table whose keys begin so, in key order. */
    public <V extends SpecificRecord> List<V> all(Table<V> table, String prefix) {
        var values = new ArrayList<V>();
        scan(table.name() + "/" + prefix).forEach((key, bytes) -> values.add(read(table, key, bytes)));
        return values;
    }

    /** Marks something as done; true if it was not before. */
    public boolean mark(String what) {
        var isNew = !marked(what);
        if (isNew) {
            draft.put("!" + what, Optional.of(MARK));
        }
        return isNew;
    }

    /** True if it is marked as done. */
    public boolean marked(String what) {
        return find("!" + what).isPresent();
    }

    /** Takes a mark back. */
    public void unmark(String what) {
        if (marked(what)) {
            draft.put("!" + what, Optional.empty());
        }
    }

    /** What follows the prefix in each mark that begins so, in order. */
    public List<String> marks(String prefix) {
        return scan("!" + prefix).keySet().stream()
                .map(key -> key.substring(1 + prefix.length()))
                .toList();
    }

    /**
     * Makes a part of a decision that stands or falls by itself: where it throws, neither what it changed here nor what it
     * put into the outbox is kept.
     *
     * @return what it threw; empty if it stands
     */
    public Optional<RuntimeException> standsOrFalls(Outbox outbox, Consumer<Outbox> part) {
        var before = new TreeMap<>(draft);
        var said = new ArrayList<Consumer<Outbox>>();
        try {
            part.accept(new Outbox() {
                @Override
                public <V extends SpecificRecord> void send(Topic<V> topic, String key, V value, String runId) {
                    topic.encode(value); // What cannot be told lets the part fall, and not the whole.
                    said.add(to -> to.send(topic, key, value, runId));
                }
            });
        } catch (LedgerUnreadable e) {
            throw e;
        } catch (RuntimeException e) {
            draft = before;
            return Optional.of(e);
        }
        said.forEach(each -> each.accept(outbox));
        return Optional.empty();
    }

    /** Keeps what the decision has changed; true if that is anything. */
    boolean keep() {
        var isChanged = false;
        for (var change : draft.entrySet()) {
            var value = change.getValue().orElse(null);
            if (value != null || store.get(change.getKey()) != null) {
                store.put(change.getKey(), value);
                isChanged = true;
            }
        }
        draft.clear();
        return isChanged;
    }

    /** Drops what the decision has changed. */
    void drop() {
        draft.clear();
    }

    private Optional<byte[]> find(String place) {
        var drafted = draft.get(place);
        return drafted != null ? drafted : Optional.ofNullable(store.get(place));
    }

    private TreeMap<String, byte[]> scan(String prefix) {
        var found = new TreeMap<String, byte[]>();
        try (var entries = store.prefixScan(prefix, new StringSerializer())) {
            entries.forEachRemaining(entry -> found.put(entry.key, entry.value));
        }
        for (var change : draft.tailMap(prefix).entrySet()) {
            if (!change.getKey().startsWith(prefix)) {
                break;
            }
            change.getValue()
                    .ifPresentOrElse(bytes -> found.put(change.getKey(), bytes), () -> found.remove(change.getKey()));
        }
        return found;
    }

    private static <V extends SpecificRecord> V read(Table<V> table, String place, byte[] bytes) {
        try {
            return table.type().cast(EventCodec.decode(bytes));
        } catch (UnreadableEvent e) {
            throw new LedgerUnreadable(place, e);
        }
    }
}
