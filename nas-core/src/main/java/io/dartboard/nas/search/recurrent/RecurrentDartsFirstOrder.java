package io.dartboard.nas.search.recurrent;

import io.dartboard.nas.hypergradient.recurrent.RecurrentFirstOrder;
import io.dartboard.nas.hypergradient.recurrent.RecurrentHypergradient;

/** DARTS (arXiv 1806.09055), algorithm 1 with {@code xi = 0}: the first-order approximation. */
public record RecurrentDartsFirstOrder() implements RecurrentSearchMethod {
    @Override
    public String id() {
        return "darts-first-order";
    }

    @Override
    public RecurrentHypergradient hypergradient(RecurrentSearchConfig config) {
        return new RecurrentFirstOrder();
    }
}
