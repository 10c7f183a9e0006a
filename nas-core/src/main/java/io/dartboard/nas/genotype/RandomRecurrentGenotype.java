package io.dartboard.nas.genotype;

import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.RecurrentPrimitive;
import io.dartboard.nas.searchspace.RecurrentSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The random-cell baseline of a recurrent space. Each node reads an earlier state, all equally likely, through a function
 * drawn uniformly from those that are not {@code none}; all nodes form the output.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 3.3, the random search baseline.
 */
public final class RandomRecurrentGenotype {
    private RandomRecurrentGenotype() {}

    /** The random genotype of a seed; equal arguments give equal genotypes, on every machine. */
    public static RecurrentGenotype ofSeed(RecurrentSpace space, long seed) {
        return draw(space, new RandomStreams(seed).stream("random-cell"));
    }

    /** Draws a genotype; equal sequences of the generator give equal genotypes. */
    public static RecurrentGenotype draw(RecurrentSpace space, RandomGenerator random) {
        List<RecurrentPrimitive> operations = space.operations();
        List<RecurrentGene> genes = new ArrayList<>();
        for (int node = 0; node < space.nodes(); node++) {
            RecurrentPrimitive op = operations.get(random.nextInt(operations.size()));
            genes.add(new RecurrentGene(op, random.nextInt(node + 1)));
        }
        return new RecurrentGenotype(
                genes, IntStream.rangeClosed(1, space.nodes()).boxed().toList());
    }
}
