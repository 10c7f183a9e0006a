package io.dartboard.nas.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.data.InvalidDatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarBinaryTest {

    private static final int RECORD = 3073;

    @TempDir
    Path dir;

    @Test
    void shouldReadRecordsInTheOrderOfTheirFileNumbers() throws IOException {
        write("data_batch_2.bin", 1);
        write("data_batch_10.bin", 2);
        write("data_batch_1.bin", 0, 1);
        write("test_batch.bin", 2);
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
                .hasMessage("data_batch_1.bin in " + dir
                        + " is truncated: 3078 bytes is not a multiple of 3073, the size of a record");
    }

    @Test
    void shouldNameTheRecordWhoseLabelHasNoName() throws IOException {
        complete();
        write("data_batch_1.bin", 0, 1, 7);

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
        write("data_batch_1.bin", 0, 1);
        write("test_batch.bin", 1);
        names("a", "b");
    }

    private void names(String... names) throws IOException {
        Files.writeString(dir.resolve("batches.meta.txt"), String.join("\n", names) + "\n\n");
    }

    private void write(String file, int... labels) throws IOException {
        byte[] bytes = new byte[labels.length * RECORD];
        for (int i = 0; i < labels.length; i++) {
            System.arraycopy(record(labels[i]), 0, bytes, i * RECORD, RECORD);
        }
        Files.write(dir.resolve(file), bytes);
    }

    private static byte[] record(int label) {
        byte[] bytes = new byte[RECORD];
        for (int i = 0; i < RECORD; i++) {
            bytes[i] = (byte) (i * 31 + label);
        }
        bytes[0] = (byte) label;
        return bytes;
    }
}
