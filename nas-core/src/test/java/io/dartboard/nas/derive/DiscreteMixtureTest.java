package io.dartboard.nas.derive;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Sigmoid;
import io.dartboard.nas.alpha.SkipMass;
import io.dartboard.nas.alpha.Softmax;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.DistributedGenotype;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiscreteMixtureTest {
    /** What is read off weights of 0 and 1 is what they were made of, and nothing else is mixed. */
    @Test
    void shouldHoldTheOperationsOfAnArchitectureAlone() {
        for (SearchSpace space :
                new SearchSpace[] {CnnSpace.DARTS, CnnSpace.ROBUST_S3, NasBench201Space.PUBLISHED, RecurrentSpace.DARTS
                }) {
            AlphaLayout layout = AlphaLayout.sharedByKind(space);
            Architecture drawn = Architecture.random(space, 5);

            float[] mixture = DiscreteMixture.of(space, layout, drawn);

            Architecture read =
                    DerivationRule.of(space).derive(Alphas.of(layout, mixture)).architecture();
            assertThat(read.hash()).as(space.id()).isEqualTo(drawn.hash());
            assertThat(sum(mixture))
                    .as(space.id())
                    .isEqualTo(space instanceof CnnSpace ? 16 : space instanceof RecurrentSpace ? 8 : 6);
        }
    }

    @Test
    void shouldGiveEachCellItsOwnOperations() {
        AlphaLayout layout = AlphaSharing.BY_CELL.layout(CnnSpace.FAIR_DARTS, 6);
        float[] alphas = new float[layout.size()];
        for (int i = 0; i < alphas.length; i++) {
            alphas[i] = i % 11 == 0 ? 1 : 0;
        }
        DerivationRule rule = new ThresholdEdge(0.6).rule(CnnSpace.FAIR_DARTS, new Sigmoid());
        Architecture architecture = rule.derive(Alphas.of(layout, alphas)).architecture();

        float[] mixture = DiscreteMixture.of(CnnSpace.FAIR_DARTS, layout, architecture);

        int genes = ((DistributedGenotype) architecture)
                .cells().stream().mapToInt(cell -> cell.genes().size()).sum();
        assertThat(sum(mixture)).isEqualTo(genes);
        assertThat(rule.derive(Alphas.of(layout, mixture)).architecture().hash())
                .isEqualTo(architecture.hash());
    }

    /** PC-DARTS: the softmax over the edges into a node halves it among the two that it keeps. */
    @Test
    void shouldDivideANodeAmongTheEdgesThatItKeeps() {
        AlphaLayout layout = AlphaLayout.sharedByKind(CnnSpace.DARTS).withEdges();
        Architecture drawn = Architecture.random(CnnSpace.DARTS, 5);

        Alphas mixture = Alphas.of(layout, DiscreteMixture.of(CnnSpace.DARTS, layout, drawn));

        float[] edges = mixture.of("normal.edges").toArray();
        for (int node = 0; node < 4; node++) {
            float[] into = new float[2 + node];
            System.arraycopy(edges, CnnSpace.DARTS.cell().edgeIndex(node, 0), into, 0, into.length);
            double[] shares = new Softmax().weights(into);
            assertThat(Arrays.stream(shares).filter(share -> share == 0.5)).hasSize(2);
            assertThat(Arrays.stream(shares).sum()).isEqualTo(1);
        }
    }

    @Test
    void shouldWeighSkipConnections() {
        AlphaMatrix even = AlphaMatrix.of(14, 8, new float[14 * 8]);
        assertThat(SkipMass.of(CnnSpace.DARTS, even, new Softmax())).hasValue(1 / 8.0);
        float[] skips = new float[14 * 8];
        IntStream.range(0, 7).forEach(edge -> skips[8 * edge + 3] = 200);
        assertThat(SkipMass.of(CnnSpace.DARTS, AlphaMatrix.of(14, 8, skips), new Softmax()))
                .hasValue((7 + 7 / 8.0) / 14);
        assertThat(SkipMass.of(RecurrentSpace.DARTS, AlphaMatrix.of(36, 5, new float[180]), new Softmax()))
                .isEmpty();
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }
}
