package io.dartboard.nas.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PixelImagesTest {

    @Test
    void shouldTakeABalancedSubsetInIndexOrder() {
        PixelImages subset = images(0, 0, 0, 1, 2, 1, 2, 2, 1, 0).subset(7);

        assertThat(subset.size()).isEqualTo(7);
        assertThat(firstBytes(subset)).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(labels(subset)).containsExactly(0, 0, 0, 1, 2, 1, 2);
    }

    @Test
    void shouldFillTheGapOfATooSmallClassWithTheFirstImagesLeft() {
        PixelImages subset = images(0, 1, 1, 1, 1, 0).subset(5);

        assertThat(firstBytes(subset)).containsExactly(0, 1, 2, 3, 5);
    }

    @Test
    void shouldSplitAtTheFlooredPortionInIndexOrder() {
        PixelImages images = images(0, 1, 0, 1, 0);
        Split split = Split.of(images.size(), 0.5);

        assertThat(split).isEqualTo(new Split(2, 3));
        assertThat(firstBytes(split.trainOf(images))).containsExactly(0, 1);
        assertThat(firstBytes(split.validOf(images))).containsExactly(2, 3, 4);
    }

    @Test
    void shouldRefuseASplitOrSubsetWithoutImages() {
        assertThatThrownBy(() -> Split.of(10, 1.0))
                .hasMessageContaining("trainPortion must lie strictly between 0 and 1");
        assertThatThrownBy(() -> Split.of(3, 0.1))
                .hasMessage(
                        "trainPortion 0.1 of 3 images leaves one part without images; use more images or another portion");
        assertThatThrownBy(() -> images(0, 1).subset(3)).hasMessageContaining("between 1 and 2 images");
    }

    private static PixelImages images(int... labels) {
        List<byte[]> pixels = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            byte[] bytes = new byte[PixelImages.BYTES];
            bytes[0] = (byte) i;
            pixels.add(bytes);
        }
        return new PixelImages(pixels, labels, 3);
    }

    private static List<Integer> firstBytes(PixelImages images) {
        List<Integer> bytes = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            bytes.add((int) images.pixels(i)[0]);
        }
        return bytes;
    }

    private static List<Integer> labels(PixelImages images) {
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            labels.add(images.label(i));
        }
        return labels;
    }
}
