package io.dartboard.nas.alpha;

import io.dartboard.nas.searchspace.SearchSpace;
import java.util.OptionalDouble;

/**
 * How much of a cell's mixtures is passed on unchanged: the mixing weight of the skip connection, averaged over edges. It rises
 * before skip connections win.
 */
public final class SkipMass {
    private SkipMass() {}

    /** From 0 to 1; empty for a space without skip connections. */
    public static OptionalDouble of(SearchSpace space, AlphaMatrix alphas, Relaxation relaxation) {
        if (space.skip().isEmpty()) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (int edge = 0; edge < alphas.edges(); edge++) {
            sum += relaxation.weights(alphas.row(edge))[space.skip().getAsInt()];
        }
        return OptionalDouble.of(sum / alphas.edges());
    }
}
