package io.dartboard.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.data.ImageFolder;
import io.dartboard.nas.data.made.MadeScenes;
import java.nio.file.Files;
import java.nio.file.Path;
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

        var folder = new Unpacked(work).of(archive);
        var file = ImageFolder.open(folder, "", () -> {}).valid().get(4).file();
        var content = Files.readAllBytes(file);
        var kept = ImageFolder.open(folder, "", () -> {}).valid().get(5).file();
        Files.writeString(kept, "as it was found");

        assertThat(new Unpacked(work).of(archive)).isEqualTo(folder);
        assertThat(kept).hasContent("as it was found");

        Files.delete(file);
        assertThat(new Unpacked(work).of(archive)).isEqualTo(folder);
        assertThat(file).hasBinaryContent(content);
    }
}
