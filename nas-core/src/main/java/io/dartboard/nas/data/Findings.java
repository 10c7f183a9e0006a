package io.dartboard.nas.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is told of a data set beside its counts when it is looked through: what was taken in an unusual sense, and what was
 * passed over and why.
 *
 * @param notes lines for people
 * @param passedOver files that are no part of the set, by the reason
 * @param corrupt files that cannot be used, each with the reason
 */
public record Findings(List<String> notes, Map<String, Some> passedOver, Some corrupt) {

    /** Nothing to tell. */
    public static final Findings NONE = new Builder().build();

    private static final int FIRST = 5;

    public Findings {
        notes = List.copyOf(notes);
        passedOver = Collections.unmodifiableMap(new TreeMap<>(passedOver));
    }

    /** How many there are, and the first few. */
    public record Some(int count, List<String> first) {
        public Some {
            first = List.copyOf(first);
        }

        private String text() {
            return String.join(", ", first)
                    + (count > first.size() ? " and %d more".formatted(count - first.size()) : "");
        }
    }

    /** All of it, each in one line for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(notes);
        passedOver.forEach((why, files) -> lines.add(
                "passed over, %s: %d %s (%s)".formatted(why, files.count(), plural(files.count()), files.text())));
        if (corrupt.count() > 0) {
            lines.add("cannot be used: %d %s (%s)".formatted(corrupt.count(), plural(corrupt.count()), corrupt.text()));
        }
        return lines;
    }

    private static String plural(int count) {
        return count == 1 ? "file" : "files";
    }

    /** Gathers findings; used by one thread. */
    public static final class Builder {
        private final List<String> notes = new ArrayList<>();
        private final Map<String, List<String>> passedOver = new TreeMap<>();
        private final Map<String, Integer> counts = new TreeMap<>();
        private final List<String> corrupt = new ArrayList<>();

        /** A line for people. */
        public void note(String line) {
            notes.add(line);
        }

        /** A file is no part of the set. */
        public void passedOver(String why, String path) {
            List<String> first = passedOver.computeIfAbsent(why, reason -> new ArrayList<>());
            if (first.size() < FIRST) {
                first.add(path);
            }
            counts.merge(why, 1, Integer::sum);
        }

        /** A file cannot be used. */
        public void corrupt(String path, String why) {
            corrupt.add("%s: %s".formatted(path, why));
        }

        /** What has been gathered. */
        public Findings build() {
            Map<String, Some> over = new TreeMap<>();
            passedOver.forEach((why, first) -> over.put(why, new Some(counts.getOrDefault(why, 0), first)));
            return new Findings(
                    notes, over, new Some(corrupt.size(), corrupt.subList(0, Math.min(FIRST, corrupt.size()))));
        }
    }
}
