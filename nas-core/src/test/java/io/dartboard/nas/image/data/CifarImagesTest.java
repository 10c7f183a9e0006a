package io.dartboard.nas.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.nas.provenance.RandomStreams;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CifarImagesTest {

    private static final int PLANE = 32 * 32;
    private static final RandomStreams STREAMS = new RandomStreams(5);

    @Test
    void shouldNormaliseEachChannelByItsOwnStatistics() {
        float[] target = new float[3 * PLANE];

        CifarImages.forTesting(images(), Normalisation.CIFAR10).fill(0, target, 0, STREAMS.stream("t"));

        int at = 3 * 32 + 7;
        assertThat(target[at]).isCloseTo((value(0, 3, 7) / 255f - 0.49139968f) / 0.24703233f, within(1e-6f));
        assertThat(target[2 * PLANE + at])
                .isCloseTo((value(2, 3, 7) / 255f - 0.44653124f) / 0.26158768f, within(1e-6f));
    }

    @Test
    void shouldShiftByAtMostFourPixelsAndFillWithBlack() {
        float[] plain = new float[3 * PLANE];
        CifarImages.forTesting(images(), Normalisation.CIFAR10).fill(0, plain, 0, STREAMS.stream("t"));
        CifarImages training = CifarImages.forTraining(images(), Normalisation.CIFAR10, new Cutout(0));
        float black = (0 - 0.49139968f) / 0.24703233f;
        boolean flipped = false;
        boolean upright = false;
        boolean shifted = false;
        for (int draw = 0; draw < 40; draw++) {
            float[] target = new float[3 * PLANE];
            training.fill(0, target, 0, STREAMS.stream("t", 0, draw));
            int found = 0;
            for (int flip = 0; flip < 2; flip++) {
                for (int dy = -4; dy <= 4; dy++) {
                    for (int dx = -4; dx <= 4; dx++) {
                        if (matches(plain, target, dy, dx, flip == 1, black)) {
                            found++;
                            flipped |= flip == 1;
                            upright |= flip == 0;
                            shifted |= dy != 0 && dx != 0;
                        }
                    }
                }
            }
            assertThat(found).isEqualTo(1);
        }
        assertThat(flipped && upright && shifted).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"8, 1", "32, 4", "64, 8"})
    void shouldShiftByAnEighthOfTheSide(int side, int most) {
        byte[] white = new byte[3 * side * side];
        Arrays.fill(white, (byte) 255);
        PixelImages images = new PixelImages(side, List.of(white), new int[] {0}, 2);
        Normalisation plain = new Normalisation(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
        CifarImages training = CifarImages.forTraining(images, plain, new Cutout(0));
        int furthest = 0;
        for (int draw = 0; draw < 200; draw++) {
            float[] target = new float[training.floatsPerImage()];
            training.fill(0, target, 0, STREAMS.stream("t", 0, draw));
            int blackRows = 0;
            for (int y = 0; y < side; y++) {
                // Of a row that is not black, the middle is white, however far it was shifted across.
                blackRows += target[y * side + side / 2] == 0 ? 1 : 0;
            }
            furthest = Math.max(furthest, blackRows);
        }
        assertThat(training.height()).isEqualTo(side);
        assertThat(furthest).isEqualTo(most);
    }

    @Test
    void shouldCutOutAfterNormalisation() {
        CifarImages training = CifarImages.forTraining(images(), Normalisation.CIFAR10, new Cutout(16));
        for (int draw = 0; draw < 20; draw++) {
            float[] target = new float[3 * PLANE];
            training.fill(0, target, 0, STREAMS.stream("t", 1, draw));
            int zeros = 0;
            for (int i = 0; i < PLANE; i++) {
                if (target[i] == 0 && target[PLANE + i] == 0 && target[2 * PLANE + i] == 0) {
                    zeros++;
                }
            }
            assertThat(zeros).isBetween(64, 256);
        }
    }

    @Test
    void shouldWriteOnlyItsOwnPlaceAndDependOnTheStreamAlone() {
        CifarImages training = CifarImages.forTraining(images(), Normalisation.CIFAR10, new Cutout(16));
        float[] first = new float[3 * PLANE + 2];
        float[] second = new float[3 * PLANE + 2];

        training.fill(0, first, 1, STREAMS.stream("t"));
        training.fill(0, second, 1, STREAMS.stream("t"));

        assertThat(first).isEqualTo(second);
        assertThat(first[0]).isZero();
        assertThat(first[3 * PLANE + 1]).isZero();
    }

    private static boolean matches(float[] plain, float[] target, int dy, int dx, boolean flip, float black) {
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 32; x++) {
                int fromY = y + dy;
                int fromX = (flip ? 31 - x : x) + dx;
                boolean inside = fromY >= 0 && fromY < 32 && fromX >= 0 && fromX < 32;
                float expected = inside ? plain[fromY * 32 + fromX] : black;
                if (Math.abs(expected - target[y * 32 + x]) > 1e-6) {
                    return false;
                }
            }
        }
        return true;
    }

    private static PixelImages images() {
        byte[] pixels = new byte[3 * PLANE];
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < 32; y++) {
                for (int x = 0; x < 32; x++) {
                    pixels[(c * 32 + y) * 32 + x] = (byte) value(c, y, x);
                }
            }
        }
        return new PixelImages(32, List.of(pixels), new int[] {0}, 2);
    }

    private static int value(int c, int y, int x) {
        return (c * 97 + y * 37 + x * x * 11 + 13) % 256;
    }
}
