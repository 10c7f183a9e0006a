package io.dartboard.training.kind;

import io.dartboard.events.RunRequested;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.NamedGenotype;
import io.dartboard.nas.genotype.RandomSearch;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.List;

/** The random cells that a run's own cell is compared with, or with the best of which: random search at the same budget. */
public final class RunBaseline {
    private RunBaseline() {}

    /**
     * Draws them: equal requests give equal cells, on every machine.
     *
     * @throws IllegalArgumentException with one line, if these are none, too many, or more than the space has
     */
    public static List<NamedGenotype<Architecture>> cells(RunRequested request) {
        var space = SearchSpace.of(request.getSearch().getSpace());
        var seed = request.getRandomCellSeed();
        return request.getRandomCells() == 1
                ? List.of(new NamedGenotype<>("random:" + seed, Architecture.random(space, seed)))
                : new RandomSearch(request.getRandomCells()).cells(space, List.of(seed));
    }
}
