package io.dartboard.nas.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.cost.ImageSize;
import io.dartboard.nas.cost.NetworkCost;
import io.dartboard.nas.cost.Stem;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.searchspace.NetworkShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscreteNetworkTest {

    @ParameterizedTest
    @ValueSource(strings = {"DARTS_V1", "DARTS_V2", "NASNet", "AmoebaNet"})
    void shouldHaveExactlyTheParametersThatAreCounted(String name) {
        Genotype genotype = PublishedGenotypes.of(name);
        NetworkShape cifar = new NetworkShape(36, 20, 10);
        NetworkShape imageNet = new NetworkShape(48, 14, 1000);

        assertThat(parameters(Geometry.CIFAR, genotype, cifar, 32, false))
                .isEqualTo(NetworkCost.of(Stem.CIFAR, genotype, cifar, ImageSize.square(32))
                        .parameters());
        assertThat(parameters(Geometry.IMAGENET, genotype, imageNet, 224, false))
                .isEqualTo(NetworkCost.of(Stem.IMAGENET, genotype, imageNet, ImageSize.square(224))
                        .parameters());
    }

    @Test
    void shouldHaveThePublishedNumberOfParameters() {
        Genotype genotype = PublishedGenotypes.DARTS_V2;

        assertThat(parameters(Geometry.CIFAR, genotype, new NetworkShape(36, 20, 10), 32, false))
                .isEqualTo(3_349_342);
        assertThat(parameters(Geometry.CIFAR, genotype, new NetworkShape(36, 20, 10), 32, true))
                .isEqualTo(3_825_768);
        assertThat(parameters(Geometry.IMAGENET, genotype, new NetworkShape(48, 14, 1000), 224, true))
                .isEqualTo(5_979_528);
    }

    @Test
    void shouldRefuseAResolutionThatItCannotBeBuiltFor() {
        assertThatThrownBy(() ->
                        parameters(Geometry.IMAGENET, PublishedGenotypes.DARTS_V2, new NetworkShape(4, 3, 5), 96, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("auxiliaryWeight must be 0 at a resolution of 96");
    }

    private static long parameters(
            Geometry geometry, Genotype genotype, NetworkShape shape, int side, boolean auxiliaryHead) {
        return DiscreteNetwork.of(geometry, genotype, shape, side, auxiliaryHead)
                .weights()
                .size();
    }
}
