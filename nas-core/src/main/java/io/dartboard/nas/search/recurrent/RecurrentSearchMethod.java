package io.dartboard.nas.search.recurrent;

import io.dartboard.nas.hypergradient.recurrent.PublishedDefects;
import io.dartboard.nas.hypergradient.recurrent.RecurrentHypergradient;
import java.util.List;
import java.util.stream.Collectors;

/** A way to search for a recurrent cell. The family is sealed: a method is one class that names its paper. */
public sealed interface RecurrentSearchMethod permits RecurrentDartsFirstOrder, RecurrentDartsSecondOrder {
    /** Stable name that requests, events and job identities carry. */
    String id();

    /** How the method estimates the gradient of the alphas in a search. */
    RecurrentHypergradient hypergradient(RecurrentSearchConfig config);

    /** Every method that can be asked for. */
    static List<RecurrentSearchMethod> all() {
        return List.of(
                new RecurrentDartsFirstOrder(),
                new RecurrentDartsSecondOrder(PublishedDefects.NONE),
                new RecurrentDartsSecondOrder(PublishedDefects.ALL));
    }

    /**
     * The method of an id.
     *
     * @throws IllegalArgumentException if there is none; the message lists those that exist
     */
    static RecurrentSearchMethod of(String id) {
        return all().stream()
                .filter(method -> method.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown method of a recurrent search '%s'; known: %s"
                        .formatted(
                                id,
                                all().stream().map(RecurrentSearchMethod::id).collect(Collectors.joining(", ")))));
    }
}
