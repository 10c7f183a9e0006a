package io.dartboard.schemas;

import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * What must hold of an event wherever it is read, beyond its schema. Ids of runs, jobs, searches and datasets become keys,
 * names of objects in the store and parts of paths, so one that is empty, endless or contains a slash would mix up what it
 * should tell apart.
 */
final class EventSense {
    /** What every broker takes with key and headers, unless it was told to take less. */
    static final int MOST_BYTES = 1_000_000;

    private static final int LONGEST_ID = 200;
    private static final Set<String> IDS = Set.of("run", "job", "search", "dataset", "datasetVersion", "version");

    private EventSense() {}

    /**
     * Returns if an event can be meant.
     *
     * @throws UnreadableEvent in one line, if not
     */
    static void require(SpecificRecord event) {
        for (var field : event.getSchema().getFields()) {
            if (IDS.contains(field.name()) && event.get(field.pos()) instanceof CharSequence id) {
                requireId(event.getSchema().getName(), field, id.toString());
            }
        }
    }

    /** Returns if so many bytes can stand on a topic. */
    static boolean fits(int bytes) {
        return bytes <= MOST_BYTES;
    }

    private static void requireId(String kind, Schema.Field field, String id) {
        if (id.isEmpty() && field.hasDefaultValue()) {
            return;
        }
        var what = id.isEmpty()
                ? "is empty"
                : id.length() > LONGEST_ID
                        ? "has %d characters".formatted(id.length())
                        : id.equals(".") || id.equals("..") || id.codePoints().anyMatch(EventSense::mustNotBe)
                                ? "is '%s'".formatted(id)
                                : "";
        if (!what.isEmpty()) {
            throw new UnreadableEvent(
                    "%s.%s %s; an id is 1 to %d characters without spaces, slashes and control characters"
                            .formatted(kind, field.name(), what, LONGEST_ID));
        }
    }

    private static boolean mustNotBe(int character) {
        return character == '/'
                || character == '\\'
                || Character.isISOControl(character)
                || Character.isWhitespace(character);
    }
}
