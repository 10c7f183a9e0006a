package io.dartboard.nas.genotype;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Primitive;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomGenotypeTest {
    private static final int DRAWS = 3000;

    @Test
    void shouldDrawAsManyCellsAsTheNetworkHasAroundWhichASpaceLies() {
        DistributedGenotype drawn = (DistributedGenotype) RandomGenotype.stacked(CnnSpace.DARTOPTI_RESNET50, 3);

        assertThat(drawn.reductions()).containsExactly(1, 2, 3);
        assertThat(drawn.cells()).hasSize(4);
        assertThat(drawn.cells().get(3)).isEqualTo(drawn.cells().get(0));
        assertThat(new HashSet<>(drawn.cells())).hasSize(3);
        assertThat(drawn.cells()).allSatisfy(cell -> assertThat(cell.nodes()).isEqualTo(6));
        assertThat(RandomGenotype.stacked(CnnSpace.DARTS, 3)).isEqualTo(RandomGenotype.ofSeed(CnnSpace.DARTS, 3));
    }

    @Test
    void shouldDrawEveryOperationAndEveryPairOfOriginsAboutEquallyOften() {
        Map<Primitive, Integer> operations = new HashMap<>();
        int[][] pairs = new int[5][5];
        for (int draw = 0; draw < DRAWS; draw++) {
            Genotype genotype = RandomGenotype.draw(CnnSpace.DARTS, new RandomStreams(1).stream("uniform", 0, draw));
            genotype.reduce().genes().forEach(gene -> operations.merge(gene.op(), 1, Integer::sum));
            pairs[genotype.normal().genesOf(3).get(0).from()][
                    genotype.normal().genesOf(3).get(1).from()]++;
        }
        assertThat(operations.keySet()).containsExactlyInAnyOrderElementsOf(CnnSpace.DARTS.operations());
        // 5 standard deviations of a binomial count around its mean.
        assertThat(operations.values()).allSatisfy(count -> assertThat((double) count)
                .isBetween(bounds(8 * DRAWS, 1 / 7.0)[0], bounds(8 * DRAWS, 1 / 7.0)[1]));
        for (int first = 0; first < 5; first++) {
            for (int second = first + 1; second < 5; second++) {
                assertThat((double) pairs[first][second]).isBetween(bounds(DRAWS, 0.1)[0], bounds(DRAWS, 0.1)[1]);
            }
        }
    }

    @Test
    void shouldGiveEachNodeTwoDistinctOriginsAndConcatenateAllNodes() {
        for (int draw = 0; draw < 200; draw++) {
            CellGenotype cell = RandomGenotype.draw(CnnSpace.DARTS, new RandomStreams(2).stream("distinct", 0, draw))
                    .normal();
            assertThat(cell.concat()).containsExactly(2, 3, 4, 5);
            for (int node = 0; node < cell.nodes(); node++) {
                assertThat(cell.genesOf(node)).extracting(Gene::from).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void shouldDependOnTheStreamAlone() {
        Set<Genotype> drawn = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            Genotype first = RandomGenotype.draw(CnnSpace.DARTS, new RandomStreams(seed).stream("cell"));
            Genotype again = RandomGenotype.draw(CnnSpace.DARTS, new RandomStreams(seed).stream("cell"));
            assertThat(again).isEqualTo(first);
            drawn.add(first);
        }
        assertThat(drawn).hasSize(50);
    }

    private static double[] bounds(int trials, double probability) {
        double mean = trials * probability;
        double deviation = Math.sqrt(mean * (1 - probability));
        return new double[] {mean - 5 * deviation, mean + 5 * deviation};
    }
}
