package io.dartboard.nas.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.nas.image.data.made.MadeScenes;
import io.dartboard.nas.provenance.RandomStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    private static final RandomStreams STREAMS = new RandomStreams(3);

    private static final String DIGEST = "d".repeat(64);

    @TempDir
    Path dir;

    @Test
    void shouldOpenWithoutDecoding() throws IOException {
        MadeScenes.writeImageFolder(dir, 2, 1, 16, 1);
        ImageFolder whole = ImageFolder.open(dir, DIGEST, () -> {});
        assertThat(whole.classNames()).isEqualTo(MadeScenes.names());
        assertThat(whole.train()).hasSize(20);
        assertThat(whole.valid()).hasSize(10);

        Files.write(dir.resolve("train/dots/00001.png"), new byte[] {1, 2, 3});
        Files.write(dir.resolve("train/rays/00000.png"), new byte[0]);
        assertThat(ImageFolder.open(dir, DIGEST, () -> {})).isEqualTo(whole);

        Files.delete(dir.resolve("val/dots/00000.png"));
        assertThatThrownBy(() -> ImageFolder.open(dir, DIGEST, () -> {}))
                .hasMessage(dir.resolve("val/dots") + " has no photograph");
        Files.delete(dir.resolve("val/dots"));
        assertThatThrownBy(() -> ImageFolder.open(dir, DIGEST, () -> {})).hasMessageContaining("under train but");
    }

    @Test
    void shouldKeepAFlatImageFlatWhenResized() {
        byte[] planes = new byte[3 * 30 * 20];
        Arrays.fill(planes, (byte) 51);
        RgbImage image = new RgbImage(new RgbImage.Box(0, 0, 20, 30), planes);

        for (int side : new int[] {7, 20, 45}) {
            for (float value : image.resized(new RgbImage.Box(2, 3, 17, 25), side, side)) {
                assertThat(value).isCloseTo(0.2f, within(1e-5f));
            }
        }
    }

    @Test
    void shouldAverageWhenShrinkingAndKeepPixelsAtTheSameSize() {
        byte[] planes = new byte[3 * 4 * 4];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (byte) (i % 16 * 10);
        }
        RgbImage image = new RgbImage(new RgbImage.Box(0, 0, 4, 4), planes);

        float[] same = image.resized(new RgbImage.Box(0, 0, 4, 4), 4, 4);
        float[] one = image.resized(new RgbImage.Box(0, 0, 4, 4), 1, 1);

        assertThat(same[5]).isCloseTo(50 / 255f, within(1e-6f));
        assertThat(one[0]).isCloseTo(75 / 255f, within(1e-5f));
    }

    @Test
    void shouldCropInsideTheImageAndVaryWithTheStream() {
        RgbImage.Box first = RandomResizedCrop.draw(50, 80, STREAMS.stream("c", 0, 0));
        RgbImage.Box second = RandomResizedCrop.draw(50, 80, STREAMS.stream("c", 0, 1));

        assertThat(first).isNotEqualTo(second);
        for (int i = 0; i < 200; i++) {
            RgbImage.Box box = RandomResizedCrop.draw(50, 80, STREAMS.stream("c", 1, i));
            assertThat(box.top() >= 0 && box.left() >= 0).isTrue();
            assertThat(box.top() + box.height()).isLessThanOrEqualTo(50);
            assertThat(box.left() + box.width()).isLessThanOrEqualTo(80);
            assertThat((double) box.width() / box.height()).isBetween(0.70, 1.43);
        }
    }
}
