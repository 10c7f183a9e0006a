package io.dartboard.nas.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Sigmoid;
import io.dartboard.nas.genotype.ArchitectureDistance;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.genotype.DistributedGenotype;
import io.dartboard.nas.genotype.KnownNetwork;
import io.dartboard.nas.genotype.RandomGenotype;
import io.dartboard.nas.searchspace.CnnSpace;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StartDistanceTest {
    private static final double THRESHOLD = 0.85;

    @Test
    void shouldBeNoneWhereASearchBegins() {
        for (KnownNetwork network : KnownNetwork.all()) {
            assertThat(distance(network.space(), network.architecture()))
                    .as(network.name())
                    .hasValue(0);
        }
    }

    /** ResNet50's first cell is the last, too, and counts once as each of the others. */
    @Test
    void shouldBeTheMeanOverTheCellsThatDiffer() {
        CnnSpace space = CnnSpace.DARTOPTI_RESNET50;
        DistributedGenotype other = (DistributedGenotype) RandomGenotype.stacked(space, 3);
        List<CellGenotype> first = other.cells().subList(0, 3);

        assertThat(distance(space, other).orElseThrow())
                .isPositive()
                .isCloseTo(ArchitectureDistance.between(KnownNetwork.RESNET50.cells(), first), within(1e-12));
    }

    @Test
    void shouldBeNoDistanceInASpaceAroundNoNetwork() {
        AlphaLayout layout = AlphaLayout.sharedByKind(CnnSpace.DARTS);
        assertThat(StartDistance.of(
                        CnnSpace.DARTS, new Sigmoid(), THRESHOLD, Alphas.of(layout, new float[layout.size()])))
                .isEmpty();
    }

    /** Of alphas that say an architecture. */
    private static OptionalDouble distance(CnnSpace space, DistributedGenotype architecture) {
        AlphaLayout layout =
                AlphaSharing.BY_CELL.layout(space, architecture.cells().size());
        float[] alphas = DiscreteMixture.of(space, layout, architecture);
        for (int i = 0; i < alphas.length; i++) {
            alphas[i] *= 10;
        }
        return StartDistance.of(space, new Sigmoid(), THRESHOLD, Alphas.of(layout, alphas));
    }
}
