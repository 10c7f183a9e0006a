package io.dartboard.nas.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.provenance.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static final List<String> NAMES = List.of("cat", "dog", "owl");

    @Test
    void shouldSplitInIndexOrderWhereTheOrderLooksDrawn() {
        int[] labels = IntStream.range(0, 301).map(i -> i % 3).toArray();
        Split split = Split.of(images(labels), NAMES, 0.5);

        assertThat(places(split.train()))
                .containsExactlyElementsOf(IntStream.range(0, 150).boxed().toList());
        assertThat(places(split.valid()))
                .containsExactlyElementsOf(IntStream.range(150, 301).boxed().toList());
        assertThat(split.known("digest")).isEqualTo("digest");
    }

    @Test
    void shouldTakeARandomOrderForOne() {
        for (int seed = 0; seed < 50; seed++) {
            int[] order = new RandomStreams(seed).stream("order").permutation(600);
            int[] labels = Arrays.stream(order).map(i -> i % 3).toArray();
            assertThat(Split.of(images(labels), NAMES, 0.5).known("digest")).isEqualTo("digest");
        }
    }

    @Test
    void shouldGiveBothPartsEveryClassOfASetThatIsSorted() {
        int[] labels =
                IntStream.range(0, 31).map(i -> i < 20 ? 0 : i < 28 ? 1 : 2).toArray();
        Split split = Split.of(images(labels), NAMES, 0.7);

        // floor(0.7 * 20), floor(0.7 * 8), floor(0.7 * 3)
        assertThat(split.train().perClass()).containsExactly(14, 5, 2);
        assertThat(split.valid().perClass()).containsExactly(6, 3, 1);
        assertThat(places(split.train()))
                .isSorted()
                .contains(0, 13, 20, 24, 28, 29)
                .doesNotContain(14, 25, 30);
        assertThat(split.known("digest")).isEqualTo("digest stratified");
    }

    @Test
    void shouldStratifyWhereASmallClassIsOnOneSideOnly() {
        int[] labels = IntStream.range(0, 100).map(i -> i > 97 ? 2 : i % 2).toArray();

        Split split = Split.of(images(labels), NAMES, 0.1);

        assertThat(split.train().perClass()).containsExactly(4, 4, 1);
        assertThat(split.valid().perClass()).containsExactly(45, 45, 1);
    }

    @Test
    void shouldRefuseAClassThatCannotBeInBothPartsByName() {
        assertThatThrownBy(() -> Split.of(images(0, 1, 0, 1, 0, 2), NAMES, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "class owl has 1 training image, and each part of the split needs one of every class: give it"
                                + " at least 2, use more of the images, or leave the class out");
        assertThatThrownBy(() -> Split.of(images(0, 1, 0, 1), NAMES, 0.5))
                .hasMessageStartingWith("class owl has 0 training images");
    }

    @Test
    void shouldRefuseAPartThatIsTooSmallAndSayWhatIsEnough() {
        assertThatThrownBy(() -> Split.trained(10, 1.0))
                .hasMessageContaining("trainPortion must lie strictly between 0 and 1");
        assertThatThrownBy(() -> Split.trained(3, 0.5))
                .hasMessage(
                        "3 training images are too few for two parts of at least 2, of which the first has a share of"
                                + " 0.5: 4 are needed");
        for (double portion : new double[] {0.5, 0.1, 0.3, 0.7, 0.95}) {
            int enough = IntStream.iterate(1, size -> size + 1)
                    .filter(size -> isEnough(size, portion))
                    .findFirst()
                    .orElseThrow();
            assertThatThrownBy(() -> Split.trained(2, portion))
                    .hasMessageEndingWith(": %d are needed".formatted(enough));
        }
    }

    private static boolean isEnough(int size, double portion) {
        try {
            return Split.trained(size, portion) > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static PixelImages images(int... labels) {
        List<byte[]> pixels = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            byte[] bytes = new byte[3 * 8 * 8];
            bytes[0] = (byte) (i >> 8);
            bytes[1] = (byte) i;
            pixels.add(bytes);
        }
        return new PixelImages(8, pixels, labels, NAMES.size());
    }

    private static List<Integer> places(PixelImages images) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            byte[] planes = images.pixels(i);
            places.add((planes[0] & 0xff) << 8 | planes[1] & 0xff);
        }
        return places;
    }
}
