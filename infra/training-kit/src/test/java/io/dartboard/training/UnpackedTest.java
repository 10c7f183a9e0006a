package io.dartboard.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.image.data.ImageFolder;
import io.dartboard.nas.image.data.made.MadeScenes;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.artifact.WorkDirUnavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedTest {
    @TempDir
    Path work;

    @Test
    void shouldUnpackOnceAndPutBackWhatIsGone() throws Exception {
        var scenes = work.resolve("scenes");
        MadeScenes.writeImageFolder(scenes, 3, 1, 40, 1);
        var archive = work.resolve("scenes.tar.gz");
        DatasetArchive.pack(scenes, archive);

        var folder = new Unpacked(work).of(archive, "scenes", Preparation.UNWATCHED);
        var file = ImageFolder.open(folder, "", () -> {}).valid().get(4).file();
        var content = Files.readAllBytes(file);
        var kept = ImageFolder.open(folder, "", () -> {}).valid().get(5).file();
        Files.writeString(kept, "as it was found");

        assertThat(new Unpacked(work).of(archive, "scenes", Preparation.UNWATCHED))
                .isEqualTo(folder);
        assertThat(kept).hasContent("as it was found");

        Files.delete(file);
        assertThat(new Unpacked(work).of(archive, "scenes", Preparation.UNWATCHED))
                .isEqualTo(folder);
        assertThat(file).hasBinaryContent(content);
    }

    @Test
    void shouldShowNothingOfAnUnpackingThatWasStoppedAndGoOnWithIt() throws Exception {
        var scenes = work.resolve("scenes");
        MadeScenes.writeImageFolder(scenes, 12, 1, 48, 1);
        var archive = work.resolve("scenes.tar.gz");
        DatasetArchive.pack(scenes, archive);
        var size = Files.size(archive);
        var unpacked = work.resolve("unpacked");

        assertThatThrownBy(() -> new Unpacked(work).of(archive, "scenes", stoppingAt(size / 2)))
                .isInstanceOf(CancellationException.class);
        assertThat(unpacked.resolve("scenes.tar.gz")).doesNotExist();
        var kept = Files.walk(unpacked)
                .filter(file -> file.toString().endsWith(".png"))
                .findFirst()
                .orElseThrow();
        Files.setLastModifiedTime(kept, FileTime.fromMillis(1_000));

        var folder = new Unpacked(work).of(archive, "scenes", Preparation.UNWATCHED);

        assertThat(ImageFolder.open(folder, "", () -> {}).train()).hasSize(120);
        var same = folder.resolve(unpacked.resolve("scenes.tar.gz.part").relativize(kept));
        assertThat(Files.getLastModifiedTime(same)).as("not written again").isEqualTo(FileTime.fromMillis(1_000));
    }

    @Test
    void shouldBlameTheMachineAndNotTheArchiveWhereItCannotWrite() throws Exception {
        var scenes = work.resolve("scenes");
        MadeScenes.writeImageFolder(scenes, 3, 1, 40, 1);
        var archive = work.resolve("scenes.tar.gz");
        DatasetArchive.pack(scenes, archive);
        var part = Files.createDirectories(work.resolve("unpacked/scenes.tar.gz.part"));
        Files.writeString(part.resolve("scenes"), "a file where the folder should be");

        assertThatThrownBy(() -> new Unpacked(work).of(archive, "scenes", Preparation.UNWATCHED))
                .isInstanceOf(WorkDirUnavailable.class)
                .hasMessageContaining(work.resolve("unpacked").toString())
                .hasMessageContaining("it needs 1 MB there");
    }

    private static Preparation stoppingAt(long bytes) {
        return new Preparation() {
            @Override
            public void at(String activity, long done, long total) {
                if (done >= bytes) {
                    throw new CancellationException("the run is paused");
                }
            }

            @Override
            public void waits(String reason) {
                throw new AssertionError("nobody else is here");
            }
        };
    }
}
