package io.dartboard.nas.search;

import io.dartboard.nas.hypergradient.Hypergradient;
import io.dartboard.nas.hypergradient.Unrolled;

/** DARTS (arXiv 1806.09055), algorithm 1 with {@code xi} the learning rate of the weights: the second-order approximation. */
public record DartsSecondOrder() implements SearchMethod {
    @Override
    public String id() {
        return "darts-second-order";
    }

    @Override
    public Hypergradient hypergradient() {
        return new Unrolled();
    }
}
