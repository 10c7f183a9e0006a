package io.dartboard.nas.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ColourJitterTest {

    @Test
    void shouldTurnRedIntoGreenByAThirdOfTheColourWheel() {
        float[] red = {1, 0, 0};

        ColourJitter.turnHue(red, 1, 1f / 3);

        assertThat(red).containsExactly(new float[] {0, 1, 0}, within(1e-5f));
    }

    @Test
    void shouldKeepAColourUnderAFullTurnInEitherSense() {
        float[] colour = {0.2f, 0.7f, 0.5f};

        ColourJitter.turnHue(colour, 1, 1);
        ColourJitter.turnHue(colour, 1, -1);

        assertThat(colour).containsExactly(new float[] {0.2f, 0.7f, 0.5f}, within(1e-5f));
    }

    @Test
    void shouldKeepGreyGreyWhateverTheHue() {
        float[] grey = {0.4f, 0.4f, 0.4f};

        ColourJitter.turnHue(grey, 1, 0.2f);

        assertThat(grey).containsExactly(0.4f, 0.4f, 0.4f);
    }
}
