package io.dartboard.nas.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** By what a snapshot knows a set again: unless something is made of its content, by the digest that it always had. */
class PixelSetTest {
    private static final Normalisation OWN = new Normalisation(List.of(0.5f, 0.4f, 0.3f), List.of(0.25f, 0.25f, 0.25f));

    private final PixelSet set =
            new PixelSet(images(6), images(2), List.of("cat", "dog"), "digest", Normalisation.CIFAR10);

    @Test
    void shouldBeKnownByItsDigestWhereNothingIsMadeOfIt() {
        assertThat(set.resized(16)).isSameAs(set);
        assertThat(set.normalisedBy(Normalisation.CIFAR10)).isSameAs(set);
        assertThat(set.limitedTo(PixelSet.ALL)).isSameAs(set);
        assertThat(set.limitedTo(4).data()).isEqualTo("digest");
    }

    @Test
    void shouldBeKnownByWhatIsMadeOfIt() {
        PixelSet small = set.resized(8).normalisedBy(OWN);

        assertThat(small.data()).isEqualTo("digest at 8 pixels by mean [0.5, 0.4, 0.3] deviation [0.25, 0.25, 0.25]");
        assertThat(small.train().side()).isEqualTo(8);
        assertThat(small.test().side()).isEqualTo(8);
        assertThat(small.train().label(3)).isEqualTo(1);
        assertThat(small.normalisation()).isEqualTo(OWN);
    }

    @Test
    void shouldTakeTheFirstImagesOfEachClass() {
        assertThat(set.limitedTo(4).train().perClass()).containsExactly(2, 2);
        assertThat(set.limitedTo(4).test().size()).isEqualTo(2);
        assertThatThrownBy(() -> set.limitedTo(7)).hasMessageContaining("between 1 and 6 images");
    }

    private static PixelImages images(int count) {
        List<byte[]> pixels =
                IntStream.range(0, count).mapToObj(i -> new byte[3 * 16 * 16]).toList();
        return new PixelImages(
                16, pixels, IntStream.range(0, count).map(i -> i % 2).toArray(), 2);
    }
}
