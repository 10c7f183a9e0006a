package io.dartboard.nas.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetArchiveTest {
    private static final int FILES = 4;

    @TempDir
    Path dir;

    private Path archive;

    @BeforeEach
    void pack() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("set"));
        Random random = new Random(3);
        for (int i = 0; i < FILES; i++) {
            byte[] content = new byte[100_000];
            random.nextBytes(content);
            Files.write(folder.resolve("file" + i), content);
        }
        archive = dir.resolve("set.tar.gz");
        DatasetArchive.pack(folder, archive);
    }

    @Test
    void shouldGoOnWithAnExtractionThatWasBrokenOff() throws IOException {
        Path out = dir.resolve("out");
        long half = Files.size(archive) / 2;
        assertThatThrownBy(() -> DatasetArchive.extract(archive, out, bytes -> {
                    if (bytes > half) {
                        throw new CancellationException("paused");
                    }
                }))
                .isInstanceOf(CancellationException.class);
        Path first = out.resolve("set/file0");
        assertThat(first).exists();
        assertThat(out.resolve("set/file3")).doesNotExist();
        FileTime written = FileTime.fromMillis(1_000);
        Files.setLastModifiedTime(first, written);

        DatasetArchive.extract(archive, out);

        assertThat(Files.getLastModifiedTime(first)).as("kept as it was").isEqualTo(written);
        for (int i = 0; i < FILES; i++) {
            assertThat(out.resolve("set/file" + i)).hasSameBinaryContentAs(dir.resolve("set/file" + i));
        }
    }

    @Test
    void shouldNotBlameTheArchiveForAFolderThatCannotBeWritten() throws IOException {
        Path out = Files.createDirectory(dir.resolve("out"));
        Files.writeString(out.resolve("set"), "a file where the folder should be");

        assertThatThrownBy(() -> DatasetArchive.extract(archive, out))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(InvalidDatasetException.class);
    }
}
