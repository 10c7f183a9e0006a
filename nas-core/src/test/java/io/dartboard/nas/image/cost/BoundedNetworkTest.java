package io.dartboard.nas.image.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.cost.CostCeiling;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.searchspace.NetworkShape;
import org.junit.jupiter.api.Test;

/** In the paper's mobile setting NASNet-A has 604,031,616 multiply-adds and 5,564,320 parameters, DARTS_V2 fewer. */
class BoundedNetworkTest {

    @Test
    void shouldKeepOutOfTheMobileSettingWhatIsOverItsCeiling() {
        assertThat(mobile(0, 600_000_000).refusal(PublishedGenotypes.NASNET_A))
                .hasValue("the transfer network (14 cells, 48 channels, 1000 classes, 224 x 224 pixels) has"
                        + " 604,031,616 multiply-adds over the ceiling of 600,000,000");
        assertThat(mobile(0, 600_000_000).refusal(PublishedGenotypes.DARTS_V2)).isEmpty();
    }

    @Test
    void shouldCountParametersAsWellAndAllowWhatIsAtTheCeiling() {
        assertThat(mobile(5_564_320, 604_031_616).refusal(PublishedGenotypes.NASNET_A))
                .isEmpty();
        assertThat(mobile(5_564_319, 0).refusal(PublishedGenotypes.NASNET_A).orElseThrow())
                .endsWith("5,564,320 parameters over the ceiling of 5,564,319");
        assertThat(mobile(0, 0).refusal(PublishedGenotypes.NASNET_A)).isEmpty();
    }

    @Test
    void shouldRefuseANegativeCeiling() {
        assertThatThrownBy(() -> new CostCeiling(-1, 0))
                .hasMessage("parameters must not be negative; 0 sets no ceiling (was -1)");
    }

    private static BoundedNetwork mobile(long parameters, long multiplyAdds) {
        return new BoundedNetwork(
                "the transfer network",
                Stem.IMAGENET,
                new NetworkShape(48, 14, 1000),
                ImageSize.square(224),
                new CostCeiling(parameters, multiplyAdds));
    }
}
