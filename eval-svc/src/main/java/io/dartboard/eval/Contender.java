package io.dartboard.eval;

import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.NamedGenotype;
import io.dartboard.pipeline.run.NamedCells;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A cell among which one is chosen.
 *
 * @param search that has found it; empty of a cell that the run names, or that was drawn at random
 * @param seed of the search; of others the place in the list or the draw, from 0
 * @param name what the asker calls it; empty where there is none
 * @param genotype its text form
 * @param hash of its canonical form
 */
record Contender(String search, long seed, String name, String genotype, String hash) {
    /** Those that are drawn at random, in the order of the draw. */
    static List<Contender> drawn(List<NamedGenotype<Architecture>> cells) {
        return IntStream.range(0, cells.size())
                .mapToObj(place -> {
                    var cell = cells.get(place);
                    var genotype = cell.genotype();
                    return new Contender("", place, cell.name(), genotype.toString(), genotype.hash());
                })
                .toList();
    }

    /** Those that a run names. */
    static List<Contender> of(NamedCells cells) {
        return IntStream.range(0, cells.genotypes().size())
                .mapToObj(place -> {
                    var genotype = cells.genotypes().get(place);
                    return new Contender(
                            "",
                            place,
                            cells.names().get(place),
                            genotype,
                            Architecture.parse(genotype).hash());
                })
                .toList();
    }
}
