package io.dartboard.nas.provenance;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The facts that determine what a job computes: dataset digest, space, method, every hyperparameter, seed and code
 * version. Immutable.
 *
 * <p>The canonical form has one line per fact, sorted by name (order of UTF-16 code units), each
 * {@code <bytes of name>:<name>=<bytes of value>:<value>\n} with lengths in bytes of UTF-8, so that no content can be
 * mistaken for structure. Whole numbers are decimal. Fractions are in {@link Double#toHexString} form, because the
 * digits of {@link Double#toString} differ between Java releases.
 */
public final class JobFacts {
    private final SortedMap<String, String> facts;

    private JobFacts(SortedMap<String, String> facts) {
        this.facts = Collections.unmodifiableSortedMap(facts);
    }

    /** Facts of a kind of job, such as {@code search}; jobs of different kinds never share an id. */
    public static JobFacts of(String kind) {
        return new JobFacts(new TreeMap<>()).with("kind", kind);
    }

    /**
     * These facts and one more.
     *
     * @throws IllegalArgumentException if a fact of that name is already there, or the name is blank
     */
    public JobFacts with(String name, String value) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a fact needs a name (its value was '%s')".formatted(value));
        }
        if (facts.containsKey(name)) {
            throw new IllegalArgumentException(
                    "fact '%s' is given twice ('%s' and '%s')".formatted(name, facts.getOrDefault(name, ""), value));
        }
        SortedMap<String, String> more = new TreeMap<>(facts);
        more.put(name, value);
        return new JobFacts(more);
    }

    /** These facts and a whole number. */
    public JobFacts with(String name, long value) {
        return with(name, Long.toString(value));
    }

    /** These facts and a fraction; 0.0 and -0.0 are one fact. */
    public JobFacts with(String name, double value) {
        return with(name, Double.toHexString(value + 0.0));
    }

    /** These facts and a choice. */
    public JobFacts with(String name, boolean value) {
        return with(name, Boolean.toString(value));
    }

    /** The facts by name, sorted. */
    public Map<String, String> asMap() {
        return facts;
    }

    /** The text that is digested. */
    public String canonical() {
        StringBuilder text = new StringBuilder();
        facts.forEach((name, value) -> text.append(bytes(name))
                .append(':')
                .append(name)
                .append('=')
                .append(bytes(value))
                .append(':')
                .append(value)
                .append('\n'));
        return text.toString();
    }

    /** SHA-256 of the canonical form. */
    public JobId id() {
        return new JobId(Digests.sha256(canonical()));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
