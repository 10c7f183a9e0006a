package io.dartboard.nas.genotype;

import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CellSequence;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The random-cell baseline: what a search must beat under the same training budget. Each node reads two distinct earlier
 * states, every pair equally likely, through operations drawn uniformly and independently from those that are not
 * {@code none}; all nodes are concatenated.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 3.3, the random search baseline.
 */
public final class RandomGenotype {
    private static final String PURPOSE = "random-cell";

    private RandomGenotype() {}

    /**
     * The random genotype of a seed; equal arguments give equal genotypes, on every machine.
     */
    public static Genotype ofSeed(CnnSpace space, long seed) {
        return draw(space, new RandomStreams(seed).stream(PURPOSE));
    }

    /**
     * The random architecture of a seed in a space: a pair of cells, or, where the space lies around a network, as many cells as
     * that one has, in its sequence.
     */
    public static StackedCells stacked(CnnSpace space, long seed) {
        if (space.sequence().isEmpty()) {
            return ofSeed(space, seed);
        }
        CellSequence sequence = space.sequence().get();
        RandomGenerator random = new RandomStreams(seed).stream(PURPOSE);
        List<CellGenotype> cells =
                sequence.firsts().stream().map(first -> cell(space, random)).toList();
        return new DistributedGenotype(sequence.cells().stream().map(cells::get).toList(), sequence.reductions());
    }

    /**
     * Draws a genotype; equal sequences of the generator give equal genotypes.
     */
    public static Genotype draw(CnnSpace space, RandomGenerator random) {
        return new Genotype(cell(space, random), cell(space, random));
    }

    private static CellGenotype cell(CnnSpace space, RandomGenerator random) {
        CellShape shape = space.cell();
        List<Primitive> operations = space.operations();
        List<Gene> genes = new ArrayList<>();
        for (int node = 0; node < shape.nodes(); node++) {
            int states = shape.edgesInto(node);
            int first = random.nextInt(states);
            int second = random.nextInt(states - 1);
            second += second >= first ? 1 : 0;
            genes.add(new Gene(operations.get(random.nextInt(operations.size())), Math.min(first, second)));
            genes.add(new Gene(operations.get(random.nextInt(operations.size())), Math.max(first, second)));
        }
        List<Integer> concat =
                IntStream.range(shape.inputs(), shape.states()).boxed().toList();
        return CellGenotype.ofPairs(genes, concat);
    }
}
