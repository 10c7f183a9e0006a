package io.dartboard.nas.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.nas.image.data.made.MadeScenes;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SquarePhotosTest {
    private static final int PER_CLASS = 4;
    private static final int SIDE = 16;

    @TempDir
    Path dir;

    private Path scenes;
    private Path file;

    @BeforeEach
    void make() throws IOException {
        scenes = dir.resolve("scenes");
        file = dir.resolve("pixels");
        MadeScenes.writeImageFolder(scenes, PER_CLASS, 2, 24, 1);
    }

    @Test
    void shouldGiveTheImagesOfTheFolderInItsOrder() throws IOException {
        ImageFolder folder = open();
        PixelSet set = written(folder);

        assertThat(Files.size(file)).isEqualTo(60L * 3 * SIDE * SIDE);
        assertThat(set.train().size()).isEqualTo(40);
        assertThat(set.test().size()).isEqualTo(20);
        assertThat(set.train().side()).isEqualTo(SIDE);
        assertThat(set.classNames()).isEqualTo(folder.classNames());
        assertThat(set.data()).isEqualTo("digest at 16 pixels");
        for (int i = 0; i < 40; i++) {
            assertThat(set.train().label(i)).isEqualTo(i / PER_CLASS);
            assertThat(set.train().pixels(i))
                    .isEqualTo(decoded(folder.train().get(i).file()));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(set.test().pixels(i))
                    .isEqualTo(decoded(folder.valid().get(i).file()));
        }
        assertThat(set.train().pick(new int[] {7, 3}).pixels(1))
                .isEqualTo(set.train().pixels(3));
    }

    @Test
    void shouldResizeTheShorterSideAndCropTheCentre() throws IOException {
        // A white square of the height, in the middle between black margins.
        var wide = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 20; y++) {
            for (int x = 10; x < 30; x++) {
                wide.setRGB(x, y, 0xffffff);
            }
        }
        Path first = open().train().get(0).file();
        ImageIO.write(wide, "png", first.toFile());

        assertThat(written(open()).train().pixels(0)).containsOnly(0xff);
    }

    @Test
    void shouldPutTheNextReadablePhotographOfTheClassInThePlaceOfACorruptOne() throws IOException {
        ImageFolder folder = open();
        Path corrupt = folder.train().get(5).file();
        Files.write(corrupt, new byte[] {1, 2, 3});
        List<Path> told = Collections.synchronizedList(new ArrayList<>());

        new SquarePhotos(folder, SIDE).write(file, folder.corruptToldTo(told::add), bytes -> {});

        PixelSet set = new SquarePhotos(folder, SIDE).open(file);
        assertThat(set.train().pixels(5)).isEqualTo(set.train().pixels(6));
        assertThat(told).containsExactly(corrupt);
    }

    @Test
    void shouldRefuseASetOfWhichMoreThanOneInTwentyIsCorrupt() throws IOException {
        ImageFolder folder = open();
        for (int i = 0; i < 4; i++) {
            Files.write(folder.train().get(i * 7).file(), new byte[] {1, 2, 3});
        }
        assertThatThrownBy(() -> written(folder))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("4 of 60 images cannot be read or decoded any more, more than 5 %");
    }

    @Test
    void shouldTellHowFarItIsAndRefuseAFileThatIsNotWhole() throws IOException {
        List<Long> told = new ArrayList<>();
        ImageFolder folder = open();
        new SquarePhotos(folder, SIDE).write(file, folder.corruptToldTo(path -> {}), told::add);
        assertThat(told).isSorted().startsWith(0L).endsWith(Files.size(file));

        Files.write(file, new byte[100]);
        assertThatThrownBy(() -> new SquarePhotos(folder, SIDE).open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has 100 bytes and not 46080, as 60 images of 16 x 16 pixels have");
    }

    private ImageFolder open() throws IOException {
        return ImageFolder.open(scenes, "digest", () -> {});
    }

    private PixelSet written(ImageFolder folder) throws IOException {
        SquarePhotos photos = new SquarePhotos(folder, SIDE);
        photos.write(file, folder.corruptToldTo(path -> {}), bytes -> {});
        return photos.open(file);
    }

    /** As a test decodes it: the whole picture, resized, rounded. */
    private static byte[] decoded(Path photo) throws IOException {
        try (PhotoReader reader = PhotoReader.open(photo)) {
            float[] intensities = reader.read().resized(new RgbImage.Box(0, 0, 24, 24), SIDE, SIDE);
            byte[] bytes = new byte[intensities.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Math.round(255 * intensities[i]);
            }
            return bytes;
        }
    }
}
