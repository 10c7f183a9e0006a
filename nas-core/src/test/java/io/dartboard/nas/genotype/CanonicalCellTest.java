package io.dartboard.nas.genotype;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.provenance.RandomStream;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Primitive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalCellTest {
    private static final Gene SKIP_0 = new Gene(Primitive.SKIP_CONNECT, 0);
    private static final Gene SEP_1 = new Gene(Primitive.SEP_CONV_3X3, 1);
    private static final Gene POOL_0 = new Gene(Primitive.MAX_POOL_3X3, 0);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldForgetTheOrderOfOperandsNodesAndConcatenation(long seed) {
        for (int draw = 0; draw < 50; draw++) {
            RandomStream random = new RandomStreams(seed).stream("canonical", 0, draw);
            CellGenotype cell = RandomGenotype.draw(CnnSpace.DARTS, random).normal();
            CellGenotype disguised = disguise(cell, random);
            assertThat(disguised.canonical()).isEqualTo(cell.canonical());
            assertThat(GenotypeDistance.between(cell, disguised)).isZero();
        }
    }

    @Test
    void shouldBeItsOwnCanonicalForm() {
        for (String name : PublishedGenotypes.names()) {
            Genotype canonical = PublishedGenotypes.of(name).canonical();
            assertThat(canonical.canonical()).isEqualTo(canonical);
        }
    }

    @Test
    void shouldSwapTheOperandsOfANode() {
        CellGenotype cell = CellGenotype.ofPairs(List.of(SEP_1, SKIP_0), List.of(2));
        assertThat(cell.canonical()).isEqualTo(CellGenotype.ofPairs(List.of(SKIP_0, SEP_1), List.of(2)));
    }

    @Test
    void shouldRenameNodesThatDoNotReadEachOther() {
        CellGenotype cell = CellGenotype.ofPairs(List.of(SKIP_0, SEP_1, POOL_0, SEP_1), List.of(2));
        CellGenotype renamed = CellGenotype.ofPairs(List.of(POOL_0, SEP_1, SKIP_0, SEP_1), List.of(3));
        assertThat(cell.canonical()).isEqualTo(renamed.canonical());
    }

    @Test
    void shouldKeepCellsApartThatDifferInAnOperationAnOriginOrAnOutput() {
        CellGenotype cell = CellGenotype.ofPairs(List.of(SKIP_0, SEP_1, POOL_0, SEP_1), List.of(2, 3));
        assertThat(CellGenotype.ofPairs(List.of(SKIP_0, SEP_1, SKIP_0, SEP_1), List.of(2, 3))
                        .canonical())
                .isNotEqualTo(cell.canonical());
        assertThat(CellGenotype.ofPairs(
                                List.of(SKIP_0, SEP_1, POOL_0, new Gene(Primitive.SEP_CONV_3X3, 2)), List.of(2, 3))
                        .canonical())
                .isNotEqualTo(cell.canonical());
        assertThat(CellGenotype.ofPairs(cell.genes(), List.of(3)).canonical()).isNotEqualTo(cell.canonical());
    }

    @Test
    void shouldForgetNodesThatDoNotExistAndTheOrderOfAnyNumberOfOperands() {
        Gene last = new Gene(Primitive.SEP_CONV_5X5, 3);
        CellGenotype cell =
                new CellGenotype(List.of(List.of(), List.of(SEP_1, POOL_0, SKIP_0), List.of(last)), List.of(4, 3));
        Gene renamed = new Gene(Primitive.SEP_CONV_5X5, 2);

        assertThat(cell.canonical())
                .isEqualTo(new CellGenotype(List.of(List.of(POOL_0, SKIP_0, SEP_1), List.of(renamed)), List.of(2, 3)));
        assertThat(GenotypeDistance.between(cell, cell.canonical())).isZero();
        assertThat(new CellGenotype(List.of(List.of(SEP_1)), List.of(2)).canonical())
                .isNotEqualTo(new CellGenotype(List.of(List.of(SEP_1, SEP_1)), List.of(2)).canonical());
    }

    @Test
    void shouldHashEquivalentGenotypesAlikeAndOthersApart() {
        CellGenotype cell = CellGenotype.ofPairs(List.of(SEP_1, SKIP_0), List.of(2));
        CellGenotype swapped = CellGenotype.ofPairs(List.of(SKIP_0, SEP_1), List.of(2));
        assertThat(new Genotype(cell, swapped).hash())
                .isEqualTo(new Genotype(swapped, cell).hash())
                .matches("[0-9a-f]{64}");
        assertThat(PublishedGenotypes.names().stream()
                        .map(name -> PublishedGenotypes.of(name).hash()))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldNeverChangeAHashThatHasBeenPublished() {
        assertThat(PublishedGenotypes.DARTS_V2.hash())
                .isEqualTo("4e2757fdcdf14ed11cb04975ddd0879ba14791be1ffcecf877474dd184d91c42");
    }

    /** The same cell under other names: a random order in which every node still follows what it reads. */
    private static CellGenotype disguise(CellGenotype cell, RandomStream random) {
        List<Integer> order = new ArrayList<>();
        while (order.size() < cell.nodes()) {
            int node = random.nextInt(cell.nodes());
            boolean ready = cell.genesOf(node).stream()
                    .allMatch(gene ->
                            gene.from() < CellGenotype.INPUTS || order.contains(gene.from() - CellGenotype.INPUTS));
            if (ready && !order.contains(node)) {
                order.add(node);
            }
        }
        List<Gene> genes = new ArrayList<>();
        for (int node : order) {
            List<Gene> pair = new ArrayList<>();
            cell.genesOf(node).forEach(gene -> pair.add(new Gene(gene.op(), renamed(gene.from(), order))));
            if (random.nextBoolean()) {
                Collections.reverse(pair);
            }
            genes.addAll(pair);
        }
        List<Integer> concat = new ArrayList<>();
        cell.concat().forEach(state -> concat.add(renamed(state, order)));
        Collections.rotate(concat, random.nextInt(concat.size()));
        return CellGenotype.ofPairs(genes, concat);
    }

    private static int renamed(int state, List<Integer> order) {
        return state < CellGenotype.INPUTS ? state : CellGenotype.INPUTS + order.indexOf(state - CellGenotype.INPUTS);
    }
}
