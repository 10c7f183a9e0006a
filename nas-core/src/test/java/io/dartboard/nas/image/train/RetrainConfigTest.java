package io.dartboard.nas.image.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RetrainConfigTest {

    @Test
    void shouldHoldThePapersValues() {
        assertThat(RetrainConfig.paperCifar10())
                .isEqualTo(new RetrainConfig(36, 20, 600, 96, 0.025, 0.0, 0.9, 3e-4, 5.0, 0.4, 0.2, 16, 0.0, 0));
        assertThat(RetrainConfig.paperSelection().epochs()).isEqualTo(100);
    }

    @Test
    void shouldSayWhatIsWrongInOneLine() {
        refuses(2, 0, 0.025, 0, 0.9, 0, 0, "cells must be at least 1 so that there is a network (was 0)");
        refuses(
                3,
                4,
                0.025,
                0,
                0.9,
                0,
                0,
                "channels must be even and at least 2 because a factorized reduce makes two halves (was 3)");
        refuses(2, 4, 0, 0, 0.9, 0, 0, "learningRate must be positive (was 0.0)");
        refuses(2, 4, Double.NaN, 0, 0.9, 0, 0, "learningRate must be positive (was NaN)");
        refuses(
                2,
                4,
                0.1,
                0.2,
                0.9,
                0,
                0,
                "learningRateMin must not exceed learningRate 0.1, where the schedule starts (was 0.2)");
        refuses(2, 4, 0.1, 0, 1, 0, 0, "momentum must be at least 0 and below 1 (was 1.0)");
        refuses(2, 4, 0.1, 0, 0.9, -1, 0, "auxiliaryWeight must be 0 or more (was -1.0)");
        refuses(2, 4, 0.1, 0, 0.9, 0, 1, "dropPath must be at least 0 and below 1 (was 1.0)");
    }

    @Test
    void shouldRefuseAnAuxiliaryHeadOnTheLastCell() {
        assertThatThrownBy(() -> new RetrainConfig(2, 3, 1, 8, 0.1, 0, 0.9, 0, 5, 0.4, 0, 0, 0, 0))
                .hasMessageStartingWith("auxiliaryWeight must be 0 with 3 cells");
        assertThat(new RetrainConfig(2, 3, 1, 8, 0.1, 0, 0.9, 0, 5, 0, 0, 0, 0, 0).cells())
                .isEqualTo(3);
    }

    private static void refuses(
            int channels,
            int cells,
            double rate,
            double rateMin,
            double momentum,
            double auxiliary,
            double dropPath,
            String message) {
        assertThatThrownBy(() -> new RetrainConfig(
                        channels, cells, 1, 8, rate, rateMin, momentum, 0, 5, auxiliary, dropPath, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
