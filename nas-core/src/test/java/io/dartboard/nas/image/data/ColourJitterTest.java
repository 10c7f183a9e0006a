package io.dartboard.nas.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.nas.provenance.RandomStream;
import io.dartboard.nas.provenance.RandomStreams;
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

    @Test
    void shouldTurnEveryColourAsTheDefinitionOfHueHasIt() {
        RandomStream random = new RandomStreams(2).stream("colours");
        for (int i = 0; i < 5000; i++) {
            float[] colour = {random.nextFloat(), random.nextInt(256) / 255f, random.nextInt(256) / 255f};
            float turn = random.nextFloat(-1, 1);
            double[] expected = turned(colour, turn);

            ColourJitter.turnHue(colour, 1, turn);

            for (int c = 0; c < 3; c++) {
                assertThat((double) colour[c]).isCloseTo(expected[c], within(3e-6));
            }
        }
    }

    /** From red, green and blue to hue, saturation and value, and back, sector by sector. */
    private static double[] turned(float[] colour, double turn) {
        double value = Math.max(colour[0], Math.max(colour[1], colour[2]));
        double chroma = value - Math.min(colour[0], Math.min(colour[1], colour[2]));
        double hue;
        if (chroma == 0) {
            hue = 0;
        } else if (value == colour[0]) {
            hue = ((double) colour[1] - colour[2]) / chroma;
        } else if (value == colour[1]) {
            hue = 2 + ((double) colour[2] - colour[0]) / chroma;
        } else {
            hue = 4 + ((double) colour[0] - colour[1]) / chroma;
        }
        double sixth = ((hue + 6 * turn) % 6 + 6) % 6;
        double rising = value - chroma + chroma * (sixth - Math.floor(sixth));
        double falling = value - chroma * (sixth - Math.floor(sixth));
        double low = value - chroma;
        return switch ((int) sixth) {
            case 0 -> new double[] {value, rising, low};
            case 1 -> new double[] {falling, value, low};
            case 2 -> new double[] {low, value, rising};
            case 3 -> new double[] {low, falling, value};
            case 4 -> new double[] {rising, low, value};
            default -> new double[] {value, low, falling};
        };
    }
}
