package io.dartboard.nas.image.cost;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StemTest {

    @ParameterizedTest
    @ValueSource(ints = {224, 256})
    void shouldBuildTheImageNetHeadWhereItPoolsToTwoByTwo(int side) {
        assertThatCode(() -> Stem.IMAGENET.require(side, true)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAHeadThatDoesNotFitByName() {
        assertThatThrownBy(() -> Stem.IMAGENET.require(64, true))
                .hasMessage(
                        "auxiliaryWeight must be 0 at a resolution of 64: the auxiliary head of the ImageNet network"
                                + " needs one from 224 to 256; set auxiliaryWeight to 0");
        assertThatThrownBy(() -> Stem.IMAGENET.require(288, true)).hasMessageContaining("auxiliaryWeight must be 0");
        assertThatThrownBy(() -> Stem.CIFAR.require(28, true))
                .hasMessage("auxiliaryWeight must be 0 at a resolution of 28: the auxiliary head of the CIFAR network"
                        + " needs at least 32; set auxiliaryWeight to 0");
        assertThatCode(() -> Stem.IMAGENET.require(64, false)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 40, 44, 64, 256})
    void shouldBuildTheCifarHeadFromThirtyTwoPixelsOn(int side) {
        assertThatCode(() -> Stem.CIFAR.require(side, true)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseASideThatDoesNotHalveEvenly() {
        assertThatThrownBy(() -> Stem.IMAGENET.require(100, false))
                .hasMessage(
                        "resolution must be a multiple of 32 so that the ImageNet network can halve it evenly (was 100)");
        assertThatThrownBy(() -> Stem.CIFAR.require(0, false)).hasMessageContaining("a multiple of 4");
    }
}
