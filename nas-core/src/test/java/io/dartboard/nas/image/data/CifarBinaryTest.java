package io.dartboard.nas.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.data.InvalidDatasetException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CifarBinaryTest {

    private static final int RECORD = 3073;

    @TempDir
    Path dir;

    @Test
    void shouldReadRecordsInTheOrderOfTheirFileNumbers() throws IOException {
        write("data_batch_2.bin", 32, 1);
        write("data_batch_10.bin", 32, 2);
        write("data_batch_1.bin", 32, 0, 1);
        write("test_batch.bin", 32, 2);
        names("a", "b", "c");

        CifarBinary set = CifarBinary.read(dir);

        assertThat(set.train().size()).isEqualTo(4);
        assertThat(new int[] {
                    set.train().label(0),
                    set.train().label(1),
                    set.train().label(2),
                    set.train().label(3)
                })
                .containsExactly(0, 1, 1, 2);
        assertThat(set.test().size()).isEqualTo(1);
        assertThat(set.labelNames()).containsExactly("a", "b", "c");
    }

    @Test
    void shouldGiveFolderAndArchiveTheSameDigest() throws IOException {
        complete();
        Path archive = Files.createTempFile("cifar", ".tar.gz");

        DatasetArchive.pack(dir, archive);

        CifarBinary packed = CifarBinary.read(archive);
        CifarBinary plain = CifarBinary.read(dir);
        assertThat(packed.digest()).isEqualTo(plain.digest()).hasSize(64);
        assertThat(packed.train().pixels(0)).isEqualTo(plain.train().pixels(0));
        Files.delete(archive);
    }

    @Test
    void shouldGiveTheSameDigestHoweverRecordsAreSpreadOverFiles() throws IOException {
        complete();
        String before = CifarBinary.read(dir).digest();
        Files.write(dir.resolve("data_batch_1.bin"), record(0));
        Files.write(dir.resolve("data_batch_2.bin"), record(1));

        assertThat(CifarBinary.read(dir).digest()).isEqualTo(before);
    }

    @Test
    void shouldChangeTheDigestWithASinglePixel() throws IOException {
        complete();
        String before = CifarBinary.read(dir).digest();
        byte[] changed = record(0);
        changed[77]++;
        Files.write(dir.resolve("test_batch.bin"), changed);

        assertThat(CifarBinary.read(dir).digest()).isNotEqualTo(before);
    }

    @Test
    void shouldNameTheTruncatedFileAndItsSize() throws IOException {
        complete();
        Files.write(dir.resolve("data_batch_1.bin"), new byte[RECORD + 5]);

        assertThatThrownBy(() -> CifarBinary.read(dir))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessage(
                        "data_batch_1.bin in " + dir
                                + " is truncated: 3078 bytes is not a multiple of 3073, the size of a record of 32 x 32 pixels");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 32, 64, 256})
    void shouldFindTheSideByLengthsAndLabels(int side) throws IOException {
        complete();
        write("data_batch_1.bin", side, 0, 1, 0);
        write("test_batch.bin", side, 1);

        CifarBinary set = CifarBinary.read(dir);

        assertThat(set.train().side()).isEqualTo(side);
        assertThat(set.train().size()).isEqualTo(3);
        assertThat(set.test().side()).isEqualTo(side);
        assertThat(CifarBinary.read(dir, side, bytes -> {}).digest()).isEqualTo(set.digest());
    }

    @Test
    void shouldPreferThirtyTwoPixelsAndNameTheSidesWhereNothingTells() throws IOException {
        complete();
        // Zeros are labels and pixels at once; 193 * 3073 bytes are whole records at 8 pixels and at 32.
        Files.write(dir.resolve("data_batch_1.bin"), new byte[2 * 193 * 3073]);
        Files.write(dir.resolve("test_batch.bin"), new byte[193 * 3073]);
        names("a", "b");
        assertThatThrownBy(() -> CifarBinary.read(dir)).hasMessageContaining("no training image has label 1 (b)");

        Files.write(dir.resolve("data_batch_1.bin"), new byte[2 * 193 * 769]);
        Files.write(dir.resolve("test_batch.bin"), new byte[193 * 769]);
        assertThatThrownBy(() -> CifarBinary.read(dir))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessage(dir + " can be read as images of 8 or 16 pixels, and nothing tells which is meant; publish"
                        + " it as an image folder");
    }

    @Test
    void shouldJudgeLabelsAtTheOnlySideThatFits() throws IOException {
        complete();
        write("data_batch_1.bin", 64, 0, 7);
        write("test_batch.bin", 64, 1);

        assertThatThrownBy(() -> CifarBinary.read(dir))
                .hasMessage("data_batch_1.bin in " + dir
                        + ": record 1 has label 7, but batches.meta.txt names only 2 classes");
    }

    @Test
    void shouldNameTheRecordWhoseLabelHasNoName() throws IOException {
        complete();
        write("data_batch_1.bin", 32, 0, 1, 7);

        assertThatThrownBy(() -> CifarBinary.read(dir))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessage("data_batch_1.bin in " + dir
                        + ": record 2 has label 7, but batches.meta.txt names only 2 classes");
    }

    @Test
    void shouldRefuseANameWithoutTrainingImages() throws IOException {
        complete();
        names("a", "b", "ghost");

        assertThatThrownBy(() -> CifarBinary.read(dir))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("names 3 classes, but no training image has label 2 (ghost)");
    }

    @Test
    void shouldSayWhichPartIsMissing() throws IOException {
        complete();
        Files.delete(dir.resolve("test_batch.bin"));
        assertThatThrownBy(() -> CifarBinary.read(dir)).hasMessageContaining("test_batch.bin is missing");

        complete();
        Files.delete(dir.resolve("data_batch_1.bin"));
        assertThatThrownBy(() -> CifarBinary.read(dir)).hasMessageContaining("data_batch_1.bin is missing");

        complete();
        Files.delete(dir.resolve("batches.meta.txt"));
        assertThatThrownBy(() -> CifarBinary.read(dir)).hasMessageContaining("batches.meta.txt is missing");
    }

    @Test
    void shouldRefuseAnEmptyFileAndAMissingFolder() throws IOException {
        complete();
        Files.write(dir.resolve("test_batch.bin"), new byte[0]);
        assertThatThrownBy(() -> CifarBinary.read(dir)).hasMessage("test_batch.bin in " + dir + " is empty");

        Path nowhere = dir.resolve("nowhere");
        assertThatThrownBy(() -> CifarBinary.read(nowhere))
                .hasMessage(nowhere + " is neither a folder nor a .tar.gz file");
    }

    @Test
    void shouldRefuseABrokenArchive() throws IOException {
        Path archive = Files.write(dir.resolve("broken.tar.gz"), new byte[] {1, 2, 3});

        assertThatThrownBy(() -> CifarBinary.read(archive))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageStartingWith(archive + " is no archive that can be read");
    }

    private void complete() throws IOException {
        write("data_batch_1.bin", 32, 0, 1);
        write("test_batch.bin", 32, 1);
        names("a", "b");
    }

    private void names(String... names) throws IOException {
        Files.writeString(dir.resolve("batches.meta.txt"), String.join("\n", names) + "\n\n");
    }

    private void write(String file, int side, int... labels) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int label : labels) {
            bytes.write(record(side, label));
        }
        Files.write(dir.resolve(file), bytes.toByteArray());
    }

    private static byte[] record(int label) {
        return record(32, label);
    }

    private static byte[] record(int side, int label) {
        byte[] bytes = new byte[1 + 3 * side * side];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + label);
        }
        bytes[0] = (byte) label;
        return bytes;
    }
}
