package io.dartboard.search.dataset;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.search.body.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFoldersTest {
    @TempDir
    Path dir;

    private Path data;
    private Path secrets;

    @BeforeEach
    void setUp() throws IOException {
        data = dir.resolve("data");
        Files.createDirectories(data.resolve("cats/train"));
        Files.writeString(data.resolve("cats/train/1.png"), "a cat");
        secrets = Files.createDirectory(dir.resolve("data-of-others"));
        Files.writeString(secrets.resolve("key"), "secret");
    }

    @Test
    void shouldLetThroughWhatLiesInAFolder() {
        passes(data);
        passes(data.resolve("cats"));
        passes(data.resolve("cats/train/1.png"));
        passes(data.resolve("not there yet"));
    }

    @Test
    void shouldRefuseWhatDoesNotAndNameTheSetting() {
        refused(secrets, "(there are others); name its folder in dartboard.datasets.folders, or put the dataset");
        refused(secrets.resolve("not there"), "dartboard.datasets.folders");
        refused(data.resolve("../data-of-others/key"), "dartboard.datasets.folders");
        refused(dir, "dartboard.datasets.folders");
        assertThatThrownBy(() -> new DatasetFolders(List.of(), Optional.empty()).require(data))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(
                        data + " lies in no folder that search-svc may read datasets from (there is none)");
    }

    @Test
    void shouldTakeALinkForWhatItLeadsTo() throws IOException {
        Files.createSymbolicLink(data.resolve("out"), secrets);
        refused(data.resolve("out"), "dartboard.datasets.folders");
        refused(data.resolve("out/key"), "dartboard.datasets.folders");
        refused(data, data.resolve("out") + " is a link that leads out of the folders");
        passes(data.resolve("cats"));

        Files.createSymbolicLink(dir.resolve("in"), data.resolve("cats"));
        passes(dir.resolve("in"));
    }

    @Test
    void shouldFollowLinksWithinTheFoldersToWhereOneLeadsOut() throws IOException {
        Files.createDirectory(data.resolve("dogs"));
        Files.createSymbolicLink(data.resolve("cats/more"), data.resolve("dogs"));
        Files.createSymbolicLink(data.resolve("dogs/back"), data.resolve("cats"));
        passes(data.resolve("cats"));

        Files.createSymbolicLink(data.resolve("dogs/key"), secrets.resolve("key"));
        refused(data.resolve("cats"), data.resolve("dogs/key") + " is a link that leads out of the folders");
    }

    @Test
    void shouldReadTheListAnewEachTime() throws IOException {
        var list = dir.resolve("folders");
        var folders = new DatasetFolders(List.of(), Optional.of(list));
        assertThatThrownBy(() -> folders.require(data)).isInstanceOf(Refused.class);
        Files.writeString(list, data + "\n\n" + secrets.resolve("key") + "\n");

        assertThatCode(() -> folders.require(data)).doesNotThrowAnyException();
        assertThatCode(() -> folders.require(secrets.resolve("key"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> folders.require(secrets)).isInstanceOf(Refused.class);
    }

    private void passes(Path location) {
        assertThatCode(() -> new DatasetFolders(List.of(data), Optional.empty()).require(location))
                .doesNotThrowAnyException();
    }

    private void refused(Path location, String line) {
        assertThatThrownBy(() -> new DatasetFolders(List.of(data), Optional.empty()).require(location))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(line);
    }
}
