package io.dartboard.nas.search.recurrent;

import io.dartboard.nas.hypergradient.recurrent.PublishedDefects;
import io.dartboard.nas.hypergradient.recurrent.RecurrentHypergradient;
import io.dartboard.nas.hypergradient.recurrent.RecurrentUnrolled;

/**
 * DARTS (arXiv 1806.09055), algorithm 1: the alphas look one step of the weights ahead.
 *
 * @param defects those of the authors' code that are wanted back
 */
public record RecurrentDartsSecondOrder(PublishedDefects defects) implements RecurrentSearchMethod {
    @Override
    public String id() {
        if (defects.equals(PublishedDefects.NONE)) {
            return "darts-second-order";
        }
        return defects.equals(PublishedDefects.ALL)
                ? "darts-second-order-as-published"
                : "darts-second-order-" + defects;
    }

    @Override
    public RecurrentHypergradient hypergradient(RecurrentSearchConfig config) {
        return new RecurrentUnrolled(config.gradientClip(), config.weightDecay(), defects);
    }
}
