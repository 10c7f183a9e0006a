package io.dartboard.nas.image.network;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeometryTest {

    @ParameterizedTest
    @ValueSource(ints = {224, 256})
    void shouldBuildTheImageNetHeadWhereItPoolsToTwoByTwo(int side) {
        assertThatCode(() -> Geometry.IMAGENET.require(side, true)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAHeadThatDoesNotFitByName() {
        assertThatThrownBy(() -> Geometry.IMAGENET.require(64, true))
                .hasMessage(
                        "auxiliaryWeight must be 0 at a resolution of 64: the auxiliary head of the ImageNet network"
                                + " needs one from 224 to 256");
        assertThatThrownBy(() -> Geometry.IMAGENET.require(288, true))
                .hasMessageContaining("auxiliaryWeight must be 0");
        assertThatThrownBy(() -> Geometry.CIFAR.require(28, true)).hasMessageContaining("needs one from 32 to 40");
        assertThatCode(() -> Geometry.IMAGENET.require(64, false)).doesNotThrowAnyException();
        assertThatCode(() -> Geometry.CIFAR.require(40, true)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseASideThatDoesNotHalveEvenly() {
        assertThatThrownBy(() -> Geometry.IMAGENET.require(100, false))
                .hasMessage(
                        "resolution must be a multiple of 32 so that the ImageNet network can halve it evenly (was 100)");
        assertThatThrownBy(() -> Geometry.CIFAR.require(0, false)).hasMessageContaining("a multiple of 4");
    }
}
