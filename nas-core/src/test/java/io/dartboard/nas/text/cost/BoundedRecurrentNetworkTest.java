package io.dartboard.nas.text.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.cost.CostCeiling;
import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import org.junit.jupiter.api.Test;

class BoundedRecurrentNetworkTest {
    @Test
    void shouldSayWhatIsOverWhichCeilingAndNothingOfWhatKeepsWithin() {
        long parameters =
                RecurrentCost.of(PublishedRecurrentGenotypes.DARTS_V2, 100, 12).parameters();

        assertThat(network(new CostCeiling(parameters, 0)).refusal(PublishedRecurrentGenotypes.DARTS_V2))
                .isEmpty();
        // ENAS has 11 nodes and so three matrices more.
        assertThat(network(new CostCeiling(parameters, 0)).refusal(PublishedRecurrentGenotypes.ENAS))
                .hasValue(
                        "the evaluation network (11 nodes, width 12, 100 words) has %,d parameters over the ceiling of %,d"
                                .formatted(parameters + 3 * 2 * 12 * 12, parameters));
        assertThat(network(CostCeiling.NONE).refusal(PublishedRecurrentGenotypes.ENAS))
                .isEmpty();
    }

    private static BoundedRecurrentNetwork network(CostCeiling ceiling) {
        return new BoundedRecurrentNetwork("the evaluation network", 100, 12, ceiling);
    }
}
