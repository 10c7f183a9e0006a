package io.dartboard.nas.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.data.InvalidDatasetException;
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

    @TempDir
    Path dir;

    @Test
    void shouldReadAFolderAndItsArchiveAlike() throws IOException {
        Path folder = dir.resolve("scenes");
        MadeScenes.writeImageFolder(folder, 2, 1, 24, 1);
        Path archive = dir.resolve("scenes.tar.gz");
        DatasetArchive.pack(folder, archive);

        ImageFolder plain = ImageFolder.read(folder, dir.resolve("unused"));
        ImageFolder packed = ImageFolder.read(archive, dir.resolve("scratch"));

        assertThat(plain.classNames()).isEqualTo(MadeScenes.names()).isEqualTo(packed.classNames());
        assertThat(plain.train()).hasSize(20);
        assertThat(plain.valid()).hasSize(10);
        assertThat(plain.corrupt()).isEmpty();
        assertThat(packed.digest()).isEqualTo(plain.digest());
        float[] a = fill(PhotoImages.forTraining(plain, 16), 7);
        assertThat(fill(PhotoImages.forTraining(packed, 16), 7)).isEqualTo(a);
    }

    @Test
    void shouldNameAFewCorruptFilesAndGoOn() throws IOException {
        MadeScenes.writeImageFolder(dir, 2, 1, 16, 1);
        Files.write(dir.resolve("train/dots/00001.png"), new byte[] {1, 2, 3});

        ImageFolder folder = ImageFolder.read(dir, dir);

        assertThat(folder.train()).hasSize(19);
        assertThat(folder.corrupt()).singleElement().asString().startsWith("train/dots/00001.png (");
    }

    @Test
    void shouldRefuseASetWithMoreThanOneInTwentyCorrupt() throws IOException {
        MadeScenes.writeImageFolder(dir, 2, 1, 16, 1);
        Files.write(dir.resolve("train/dots/00001.png"), new byte[] {1, 2, 3});
        Files.write(dir.resolve("train/rays/00000.png"), new byte[0]);

        assertThatThrownBy(() -> ImageFolder.read(dir, dir))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("2 of 30 images cannot be decoded, more than 5 %");
    }

    @Test
    void shouldOpenWithoutDecodingWhatHasBeenRead() throws IOException {
        MadeScenes.writeImageFolder(dir, 2, 1, 16, 1);
        ImageFolder read = ImageFolder.read(dir, dir);

        assertThat(ImageFolder.open(dir, read.digest(), () -> {})).isEqualTo(read);

        Files.write(dir.resolve("train/dots/00001.png"), new byte[] {1, 2, 3});
        Files.write(dir.resolve("train/rays/00000.png"), new byte[0]);
        assertThat(ImageFolder.open(dir, read.digest(), () -> {})).isEqualTo(read);

        Files.delete(dir.resolve("val/dots/00000.png"));
        assertThatThrownBy(() -> ImageFolder.open(dir, read.digest(), () -> {}))
                .hasMessage(dir.resolve("val/dots") + " has no .jpg, .jpeg or .png file");
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException {
        assertThatThrownBy(() -> ImageFolder.read(dir, dir)).hasMessage(dir + " has no folder train");

        MadeScenes.writeImageFolder(dir, 1, 1, 16, 1);
        Files.delete(dir.resolve("val/dots/00000.png"));
        assertThatThrownBy(() -> ImageFolder.read(dir, dir))
                .hasMessage(dir.resolve("val/dots") + " has no .jpg, .jpeg or .png file");

        Files.delete(dir.resolve("val/dots"));
        assertThatThrownBy(() -> ImageFolder.read(dir, dir)).hasMessageContaining("under train but");
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

    private static float[] fill(PhotoImages images, int index) {
        float[] target = new float[images.floatsPerImage()];
        images.fill(index, target, 0, STREAMS.stream("augment", 0, index));
        return target;
    }
}
