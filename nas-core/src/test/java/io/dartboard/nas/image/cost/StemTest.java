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
                                + " needs one from 224 to 256");
        assertThatThrownBy(() -> Stem.IMAGENET.require(288, true)).hasMessageContaining("auxiliaryWeight must be 0");
        assertThatThrownBy(() -> Stem.CIFAR.require(28, true)).hasMessageContaining("needs one from 32 to 40");
        assertThatCode(() -> Stem.IMAGENET.require(64, false)).doesNotThrowAnyException();
        assertThatCode(() -> Stem.CIFAR.require(40, true)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseASideThatDoesNotHalveEvenly() {
        assertThatThrownBy(() -> Stem.IMAGENET.require(100, false))
                .hasMessage(
                        "resolution must be a multiple of 32 so that the ImageNet network can halve it evenly (was 100)");
        assertThatThrownBy(() -> Stem.CIFAR.require(0, false)).hasMessageContaining("a multiple of 4");
    }
}
