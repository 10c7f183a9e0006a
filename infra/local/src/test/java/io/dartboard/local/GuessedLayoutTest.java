package io.dartboard.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.local.DatasetsCommand.Layout;
import io.dartboard.nas.data.DatasetArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuessedLayoutTest {
    @TempDir
    private Path dir;

    @ParameterizedTest
    @CsvSource({
        "TOKEN_CORPUS, ptb.train.txt ptb.valid.txt ptb.test.txt",
        "TOKEN_CORPUS, README wiki.train.tokens",
        "TOKEN_CORPUS, wiki.valid.raw",
        "TOKEN_CORPUS, test.txt train.txt valid.txt",
        "IMAGE_FOLDER, train/cat/1.png val/cat/1.png",
        "CIFAR_BINARY, batches.meta.txt data_batch_1.bin",
        "CIFAR_BINARY, corpus.txt"
    })
    void shouldTellALayoutByTheNamesInAFolderAndInAnArchiveOfIt(Layout layout, String files) throws IOException {
        var folder = dir.resolve("data");
        for (var file : files.split(" ")) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), file);
        }
        var archive = dir.resolve("data.tar.gz");
        DatasetArchive.pack(folder, archive);

        assertThat(Layout.guess(folder)).isEqualTo(layout);
        assertThat(Layout.guess(archive)).isEqualTo(layout);
    }

    @Test
    void shouldLeaveWhatIsNoArchiveToWhoeverReadsIt() throws IOException {
        assertThat(Layout.guess(Files.writeString(dir.resolve("train.txt"), "a b")))
                .isEqualTo(Layout.CIFAR_BINARY);
        assertThat(Layout.guess(dir.resolve("nowhere"))).isEqualTo(Layout.CIFAR_BINARY);
    }
}
