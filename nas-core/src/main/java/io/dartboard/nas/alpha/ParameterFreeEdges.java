package io.dartboard.nas.alpha;

import io.dartboard.nas.searchspace.SearchSpace;
import java.util.OptionalInt;

/**
 * How many edges of a cell prefer a candidate without weights, {@code none} included: a sign of a search that ends in cells
 * that look good in the supernet and poor on their own.
 */
public final class ParameterFreeEdges {
    private ParameterFreeEdges() {}

    /** Their number; empty for a space whose weights are not its candidates'. */
    public static OptionalInt count(SearchSpace space, AlphaMatrix alphas) {
        if (space.parameterFree().isEmpty()) {
            return OptionalInt.empty();
        }
        int free = 0;
        for (int edge = 0; edge < alphas.edges(); edge++) {
            float[] row = alphas.row(edge);
            int strongest = 0;
            for (int candidate = 1; candidate < row.length; candidate++) {
                strongest = row[candidate] > row[strongest] ? candidate : strongest;
            }
            free += space.parameterFree().contains(strongest) ? 1 : 0;
        }
        return OptionalInt.of(free);
    }
}
