package io.dartboard.eval;

import io.dartboard.nas.genotype.RandomGenotype;
import io.dartboard.nas.genotype.RandomRecurrentGenotype;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.searchspace.SearchSpace;

/**
 * The cell that a search must beat: drawn at random from the same space, retrained under the same settings with the same
 * seeds (DARTS, section 3.3; Li and Talwalkar, arXiv 1902.07638).
 */
final class RandomCell {
    private RandomCell() {}

    /**
     * The random cell of a seed; equal arguments give equal cells.
     *
     * @throws IllegalArgumentException if there is no such space; the message lists those that exist
     */
    static Cell of(String space, long seed) {
        var searched = SearchSpace.of(space);
        if (searched instanceof CnnSpace cnn) {
            return Cell.of(RandomGenotype.ofSeed(cnn, seed));
        }
        if (searched instanceof RecurrentSpace recurrent) {
            return Cell.of(RandomRecurrentGenotype.ofSeed(recurrent, seed));
        }
        throw new IllegalArgumentException("no random cell can be drawn from space %s".formatted(space));
    }
}
