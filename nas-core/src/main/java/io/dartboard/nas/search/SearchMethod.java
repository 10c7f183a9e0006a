package io.dartboard.nas.search;

import io.dartboard.nas.hypergradient.Hypergradient;
import java.util.List;
import java.util.stream.Collectors;

/** A way to search. The family is sealed: a method is one class that names its paper. */
public sealed interface SearchMethod permits DartsFirstOrder, DartsSecondOrder {
    /** Stable name that requests, events and job identities carry. */
    String id();

    /** How the method estimates the gradient of the alphas. */
    Hypergradient hypergradient();

    /** Every method that can be asked for. */
    static List<SearchMethod> all() {
        return List.of(new DartsFirstOrder(), new DartsSecondOrder());
    }

    /**
     * The method of an id.
     *
     * @throws IllegalArgumentException if there is none; the message lists those that exist
     */
    static SearchMethod of(String id) {
        return all().stream()
                .filter(method -> method.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown search method '%s'; known: %s"
                        .formatted(id, all().stream().map(SearchMethod::id).collect(Collectors.joining(", ")))));
    }
}
