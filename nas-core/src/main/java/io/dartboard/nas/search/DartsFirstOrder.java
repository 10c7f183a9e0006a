package io.dartboard.nas.search;

import io.dartboard.nas.hypergradient.FirstOrder;
import io.dartboard.nas.hypergradient.Hypergradient;

/** DARTS (arXiv 1806.09055), algorithm 1 with {@code xi = 0}: the first-order approximation. */
public record DartsFirstOrder() implements SearchMethod {
    @Override
    public String id() {
        return "darts-first-order";
    }

    @Override
    public Hypergradient hypergradient() {
        return new FirstOrder();
    }
}
