package io.dartboard.nas.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
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
    void shouldRefuseASubsetThatIsLargerThanTheSet() {
        assertThatThrownBy(() -> images(0, 1).subset(3)).hasMessageContaining("between 1 and 2 images");
    }

    @Test
    void shouldRefuseBytesOfAnotherSize() {
        assertThatThrownBy(() -> new PixelImages(8, List.of(new byte[3072]), new int[] {0}, 2))
                .hasMessage("an image of 8 x 8 pixels has 192 bytes (was 3072)");
    }

    @Test
    void shouldResizeToTheMeanOfWhatItCovers() {
        byte[] planes = new byte[3 * 16 * 16];
        Arrays.fill(planes, 0, 256, (byte) 200); // a plain red plane stays plain
        for (int i = 256; i < 512; i++) {
            planes[i] = (byte) (i % 16 < 8 ? 0 : 255); // green: dark on the left, light on the right
        }
        byte[] small = new PixelImages(16, List.of(planes), new int[] {0}, 2)
                .resized(8)
                .pixels(0);

        assertThat(small).hasSize(3 * 8 * 8);
        assertThat(small[0] & 0xff).isEqualTo(200);
        assertThat(small[64]).isZero();
        assertThat(small[64 + 7] & 0xff).isEqualTo(255);
        assertThat(small[128]).isZero();
    }

    private static PixelImages images(int... labels) {
        List<byte[]> pixels = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            byte[] bytes = new byte[3 * 8 * 8];
            bytes[0] = (byte) i;
            pixels.add(bytes);
        }
        return new PixelImages(8, pixels, labels, 3);
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
