package io.dartboard.eval;

import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.RandomGenotype;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.SearchSpace;

/**
 * The cell that a search must beat: drawn at random from the same space, retrained under the same settings with the same
 * seeds (DARTS, section 3.3; Li and Talwalkar, arXiv 1902.07638).
 */
final class RandomCell {
    private RandomCell() {}

    /** The random cell of a seed; equal arguments give equal cells. */
    static Genotype of(String space, long seed) {
        var searched = SearchSpace.of(space);
        if (searched instanceof CnnSpace cnn) {
            return RandomGenotype.ofSeed(cnn, seed);
        }
        throw new IllegalArgumentException(
                "space %s has no convolutional cells to draw a random cell from".formatted(space));
    }
}
