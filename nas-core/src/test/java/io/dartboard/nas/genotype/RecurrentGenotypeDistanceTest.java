package io.dartboard.nas.genotype;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.RecurrentPrimitive;
import io.dartboard.nas.searchspace.RecurrentSpace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecurrentGenotypeDistanceTest {
    @Test
    void shouldCountEachReplacedGeneOnce() {
        var cell = PublishedRecurrentGenotypes.DARTS_V2;
        List<RecurrentGene> genes = new ArrayList<>(cell.genes());
        genes.set(7, new RecurrentGene(RecurrentPrimitive.TANH, 0));
        assertThat(RecurrentGenotypeDistance.between(cell, new RecurrentGenotype(genes, cell.concat())))
                .isEqualTo(1);
        genes.set(0, new RecurrentGene(RecurrentPrimitive.IDENTITY, 0));
        assertThat(RecurrentGenotypeDistance.between(cell, new RecurrentGenotype(genes, cell.concat())))
                .isEqualTo(2);
    }

    @Test
    void shouldCountMissingNodesAndOutputsFromBothSides() {
        var tanh = new RecurrentGene(RecurrentPrimitive.TANH, 0);
        var one = new RecurrentGenotype(List.of(tanh), List.of(1));
        var three = new RecurrentGenotype(List.of(tanh, tanh, tanh), List.of(1, 3));
        assertThat(RecurrentGenotypeDistance.between(one, three)).isEqualTo(3);
        assertThat(RecurrentGenotypeDistance.between(three, one)).isEqualTo(3);
    }

    @Test
    void shouldBeAMetricThatVanishesOnEquivalentGenotypesAlone() {
        List<RecurrentGenotype> sample = new ArrayList<>();
        for (int draw = 0; draw < 10; draw++) {
            sample.add(RandomRecurrentGenotype.draw(
                    RecurrentSpace.DARTS, new RandomStreams(7).stream("distance", 0, draw)));
        }
        sample.add(sample.get(0).canonical());
        for (RecurrentGenotype a : sample) {
            for (RecurrentGenotype b : sample) {
                int distance = RecurrentGenotypeDistance.between(a, b);
                assertThat(distance).isBetween(0, 8).isEqualTo(RecurrentGenotypeDistance.between(b, a));
                assertThat(distance == 0).isEqualTo(a.hash().equals(b.hash()));
                for (RecurrentGenotype c : sample) {
                    assertThat(RecurrentGenotypeDistance.between(a, c))
                            .isLessThanOrEqualTo(distance + RecurrentGenotypeDistance.between(b, c));
                }
            }
        }
    }
}
