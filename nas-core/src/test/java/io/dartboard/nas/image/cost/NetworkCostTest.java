package io.dartboard.nas.image.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.cost.Cost;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import org.junit.jupiter.api.Test;

class NetworkCostTest {
    private static final Genotype CELL = PublishedGenotypes.DARTS_V2;
    private final NetworkShape shape = new NetworkShape(8, 5, 10);

    @Test
    void shouldScaleMultiplyAddsWithTheAreaAndLeaveParametersAlone() {
        Cost small = NetworkCost.of(Stem.CIFAR, CELL, shape, ImageSize.square(32));
        Cost large = NetworkCost.of(Stem.CIFAR, CELL, shape, new ImageSize(64, 96));
        assertThat(large.parameters()).isEqualTo(small.parameters());
        assertThat(large.convolutionMultiplyAdds()).isEqualTo(6 * small.convolutionMultiplyAdds());
        assertThat(large.linearMultiplyAdds()).isEqualTo(small.linearMultiplyAdds());
    }

    @Test
    void shouldCountTheMultiplyAddsOfAnAuxiliaryHeadByHand() {
        Cost head = NetworkCost.auxiliaryHead(Stem.CIFAR, CELL, shape, ImageSize.square(32));
        // The second reduction has 4 * 8 channels a node and 4 nodes.
        assertThat(head.convolutionMultiplyAdds()).isEqualTo(128L * 128 * 4 + 128L * 768 * 4);
        assertThat(head.linearMultiplyAdds()).isEqualTo(7680);

        // Of 16 x 16 the pooling leaves 4 x 4, and the 2 x 2 convolution 3 x 3, of which the mean is taken.
        Cost larger = NetworkCost.auxiliaryHead(Stem.CIFAR, CELL, shape, ImageSize.square(64));
        assertThat(larger.convolutionMultiplyAdds()).isEqualTo(128L * 128 * 16 + 128L * 768 * 4 * 9);
        assertThat(larger.linearMultiplyAdds()).isEqualTo(7680);
        assertThat(larger.parameters()).isEqualTo(head.parameters());
    }

    @Test
    void shouldRefuseImagesOnWhichTheNetworkCannotBeBuilt() {
        assertThatThrownBy(() -> NetworkCost.of(Stem.CIFAR, CELL, shape, ImageSize.square(30)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("even feature map (was 15 x 15)");
        assertThatThrownBy(() -> SupernetCost.of(CnnSpace.DARTS, shape, ImageSize.square(30)))
                .hasMessageContaining("even feature map (was 15 x 15)");
        assertThatThrownBy(() -> NetworkCost.auxiliaryHead(Stem.CIFAR, CELL, shape, ImageSize.square(28)))
                .hasMessageContaining("cannot pool a feature map of 7 x 7");
        assertThatThrownBy(() -> NetworkCost.auxiliaryHead(Stem.IMAGENET, CELL, shape, ImageSize.square(64)))
                .hasMessageContaining("cannot pool a feature map of 2 x 2");
        assertThatThrownBy(() -> new ImageSize(0, 32)).hasMessageContaining("at least one row");
    }
}
