package io.dartboard.nas.preset;

import io.dartboard.nas.bilevel.SearchParts;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * A part of search methods as people are shown it.
 *
 * @param choice what it is a choice of
 * @param name by which a run's file puts it in the place of a method's own
 * @param parameters numbers that a run's file may give otherwise, with those of its authors
 */
public record PartSheet(String choice, String name, SortedMap<String, Double> parameters) {
    /** Those of all parts, choice by choice, that of the first order of DARTS first. */
    public static List<PartSheet> all() {
        return SearchParts.CHOICES.stream().flatMap(PartSheet::of).toList();
    }

    private static Stream<PartSheet> of(SearchParts.Choice<?> choice) {
        return choice.parameters().entrySet().stream()
                .map(part -> new PartSheet(choice.name(), part.getKey(), part.getValue()));
    }
}
