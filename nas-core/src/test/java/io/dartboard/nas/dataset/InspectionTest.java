package io.dartboard.nas.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.data.DatasetFiles;
import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.nas.data.Progress;
import io.dartboard.nas.dataset.Inspection.OfImages;
import io.dartboard.nas.dataset.Inspection.OfPhotographs;
import io.dartboard.nas.dataset.Inspection.OfText;
import io.dartboard.nas.image.data.CifarBinary;
import io.dartboard.nas.image.data.CifarFiles.Labels;
import io.dartboard.nas.image.data.ContactSheet;
import io.dartboard.nas.image.data.made.MadeScenes;
import io.dartboard.nas.image.data.made.MadeShapes;
import io.dartboard.nas.text.data.MadeText;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionTest {
    private static final int PIXELS = 3 * 32 * 32;

    @TempDir
    private Path dir;

    @Test
    void shouldPackWhatItFoundSoThatReadingItGivesTheSameDigest() throws IOException {
        Path shapes = Files.createDirectory(dir.resolve("shapes"));
        MadeShapes.writeCifar(shapes, 40, 20, 1);
        assertThat(packed(shapes)).isInstanceOf(OfImages.class);
        Path scenes = dir.resolve("scenes");
        MadeScenes.writeImageFolder(scenes, 2, 1, 16, 1);
        assertThat(packed(scenes)).isInstanceOf(OfPhotographs.class);
        Path words = Files.createDirectory(dir.resolve("words"));
        MadeText.writePtb(words, 20, 5, 5, 1);
        Files.writeString(words.resolve(".hidden"), "x");
        Files.writeString(words.resolve("README"), "x");
        Inspection text = packed(words);
        assertThat(text).isInstanceOf(OfText.class);
        assertThat(text.findings().lines())
                .containsExactly(
                        "passed over, hidden, or left by a system: 1 file (.hidden)",
                        "passed over, no part of the corpus: 1 file (README)");
    }

    private Inspection packed(Path source) throws IOException {
        try (DatasetFiles files = DatasetFiles.open(source, dir, read -> {})) {
            Inspection found = Inspection.of(files, DatasetForm.of(files), Labels.FINE, Progress.UNTOLD);
            Path archive = Files.createTempFile(dir, "packed", ".tar.gz");
            found.pack(archive, Progress.UNTOLD);
            assertThat(found.digestOf(archive, Progress.UNTOLD)).isEqualTo(found.digest());
            return found;
        }
    }

    /** Coarse label, fine label, pixels: the record of CIFAR-100 as its authors describe it. */
    @Test
    void shouldReadCifar100ByItsFineAndByItsCoarseLabels() throws IOException {
        Path set = cifar100();

        CifarBinary fine = images(set, Labels.FINE);
        assertThat(fine.labelNames()).containsExactly("apple", "beaver", "chair");
        assertThat(List.of(
                        fine.train().label(0),
                        fine.train().label(1),
                        fine.train().label(2)))
                .containsExactly(2, 0, 1);
        CifarBinary coarse = images(set, Labels.COARSE);
        assertThat(coarse.labelNames()).containsExactly("fruit", "other");
        assertThat(List.of(
                        coarse.train().label(0),
                        coarse.train().label(1),
                        coarse.train().label(2)))
                .containsExactly(1, 0, 1);
        assertThat(coarse.test().size()).isEqualTo(3);
        assertThat(coarse.digest()).isNotEqualTo(fine.digest());
        assertThat(packed(set).digest()).isEqualTo(fine.digest());
    }

    private CifarBinary images(Path source, Labels labels) throws IOException {
        try (DatasetFiles files = DatasetFiles.open(source, dir, read -> {})) {
            OfImages found = (OfImages) Inspection.of(files, DatasetForm.CIFAR_BINARY, labels, Progress.UNTOLD);
            return found.set();
        }
    }

    private Path cifar100() throws IOException {
        Path set = Files.createDirectory(dir.resolve("cifar-100-binary"));
        Files.writeString(set.resolve("fine_label_names.txt"), "apple\nbeaver\nchair\n");
        Files.writeString(set.resolve("coarse_label_names.txt"), "fruit\nother\n");
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        int[][] labels = {{1, 2}, {0, 0}, {1, 1}};
        for (int[] label : labels) {
            records.write(label[0]);
            records.write(label[1]);
            byte[] pixels = new byte[PIXELS];
            Arrays.fill(pixels, (byte) (40 * label[1]));
            records.writeBytes(pixels);
        }
        Files.write(set.resolve("train.bin"), records.toByteArray());
        Files.write(set.resolve("test.bin"), records.toByteArray());
        return set;
    }

    @Test
    void shouldSayWhatIsWrongWithCifar100() throws IOException {
        Path set = cifar100();
        Files.write(set.resolve("train.bin"), new byte[3073]);
        refused(set, "train.bin in %s is truncated: 3073 bytes is not a multiple of 3074".formatted(set));
        Files.delete(set.resolve("train.bin"));
        refused(set, set + " lacks a part of CIFAR-100: train.bin is missing");
    }

    @Test
    void shouldSayWhatWasFoundAndWhatIsNeeded() throws IOException {
        Path set = Files.createDirectory(dir.resolve("set"));
        refused(set, set + " is no data set in a known form: it holds no file; known are train/<class>/ and");
        Files.writeString(set.resolve("a.csv"), "x");
        refused(set, "it holds a.csv; known are");
        Files.writeString(set.resolve("data_batch_1"), "x");
        refused(set, set + " is CIFAR in its version for Python, which is not read: bring the binary version");
    }

    private void refused(Path source, String line) {
        assertThatThrownBy(() -> packed(source))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining(line);
    }

    @Test
    void shouldDrawARowOfExamplesForEachClass() throws IOException {
        Path shapes = Files.createDirectory(dir.resolve("shapes"));
        MadeShapes.writeCifar(shapes, 40, 20, 1);
        Path sheet = dir.resolve("sheet.png");
        ContactSheet.write(images(shapes, Labels.FINE), sheet);
        BufferedImage drawn = ImageIO.read(sheet.toFile());
        assertThat(drawn.getHeight()).isEqualTo(10 * 68 + 4);
        assertThat(drawn.getRGB(4 + 32, 4 + 32) & 0xffffff).isNotZero();
        assertThat(drawn.getRGB(4 + 9 * 68 + 32, 4 + 32) & 0xffffff)
                .as("four examples a class and no tenth")
                .isZero();
    }
}
