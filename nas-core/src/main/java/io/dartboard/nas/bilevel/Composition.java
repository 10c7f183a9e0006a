package io.dartboard.nas.bilevel;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A method that is asked for: a known one, with other parts in the place of some of its own. Each method is one composition
 * alone, that of the known method which lacks fewest of its parts, so that two requests for the same search are the same
 * however they put it.
 *
 * @param method the known one's id
 * @param parts names by choice, of those that differ from its own; see {@link SearchParts}
 */
public record Composition(String method, SortedMap<String, String> parts) {
    public Composition {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /**
     * What a person has asked for, as it is known by.
     *
     * @param parts names by choice
     * @param known the methods that can be asked for
     * @throws IllegalArgumentException with one line, if there is no such method or part, or the parts cannot be combined
     */
    public static Composition of(String method, Map<String, String> parts, List<SearchMethod> known) {
        SearchMethod asked = SearchMethods.of(method, known).composed(parts);
        return known.stream()
                .flatMap(each ->
                        SearchParts.between(each, asked).map(lacking -> new Composition(each.id(), lacking)).stream())
                .min(Comparator.comparingInt(each -> each.parts().size()))
                .orElseThrow();
    }

    /** For people: the method's name, and what it has in the place of its own. */
    @Override
    public String toString() {
        return parts.isEmpty() ? method : "%s with %s".formatted(method, told());
    }

    /**
     * The method, by a name that no other composition has.
     *
     * @throws IllegalArgumentException as {@link #of}
     */
    public SearchMethod among(List<SearchMethod> known) {
        SearchMethod base = SearchMethods.of(method, known);
        return parts.isEmpty()
                ? base
                : base.composed(parts).named(name()).from("%s, with %s".formatted(base.source(), told()));
    }

    private String name() {
        return Stream.concat(
                        Stream.of(method), parts.entrySet().stream().map(part -> part.getKey() + ":" + part.getValue()))
                .collect(Collectors.joining("+"));
    }

    private String told() {
        return parts.entrySet().stream()
                .map(part -> part.getKey() + " " + part.getValue())
                .collect(Collectors.joining(", "));
    }
}
