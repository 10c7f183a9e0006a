package io.dartboard.nas.genotype;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Primitive;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenotypeDistanceTest {
    @Test
    void shouldCountEachReplacedGeneOnce() {
        CellGenotype cell = PublishedGenotypes.DARTS_V2.normal();
        List<Gene> genes = new ArrayList<>(cell.genes());
        genes.set(7, new Gene(Primitive.SEP_CONV_5X5, 2));
        assertThat(GenotypeDistance.between(cell, CellGenotype.ofPairs(genes, cell.concat())))
                .isEqualTo(1);
        genes.set(0, new Gene(Primitive.AVG_POOL_3X3, 0));
        assertThat(GenotypeDistance.between(cell, CellGenotype.ofPairs(genes, cell.concat())))
                .isEqualTo(2);
    }

    @Test
    void shouldCountMissingNodesAndOutputs() {
        Gene skip = new Gene(Primitive.SKIP_CONNECT, 0);
        CellGenotype one = CellGenotype.ofPairs(List.of(skip, skip), List.of(2));
        CellGenotype two = CellGenotype.ofPairs(List.of(skip, skip, skip, skip), List.of(2, 3));
        assertThat(GenotypeDistance.between(one, two)).isEqualTo(3);
    }

    @Test
    void shouldBeAMetricThatVanishesOnEquivalentGenotypesAlone() {
        List<Genotype> sample = new ArrayList<>();
        for (int draw = 0; draw < 12; draw++) {
            sample.add(RandomGenotype.draw(CnnSpace.DARTS, new RandomStreams(7).stream("distance", 0, draw)));
        }
        sample.add(sample.get(0).canonical());
        for (Genotype a : sample) {
            for (Genotype b : sample) {
                int distance = GenotypeDistance.between(a, b);
                assertThat(distance).isBetween(0, 16).isEqualTo(GenotypeDistance.between(b, a));
                assertThat(distance == 0).isEqualTo(a.hash().equals(b.hash()));
                for (Genotype c : sample) {
                    assertThat(GenotypeDistance.between(a, c))
                            .isLessThanOrEqualTo(distance + GenotypeDistance.between(b, c));
                }
            }
        }
    }
}
