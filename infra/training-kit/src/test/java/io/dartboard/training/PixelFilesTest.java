package io.dartboard.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.image.data.PixelSet;
import io.dartboard.nas.image.data.made.MadeScenes;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.pipeline.testkit.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelFilesTest {
    private static final int IMAGES = 40;

    @TempDir
    Path work;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private DatasetPublished scenes;

    @BeforeEach
    void publish() throws Exception {
        var folder = work.resolve("scenes");
        MadeScenes.writeImageFolder(folder, 3, 1, 40, 1);
        scenes = published(folder);
    }

    @Test
    void shouldDecodeOnceForEachSizeAndKeepTheFile() throws Exception {
        assertThat(open(32).train().side()).isEqualTo(32);
        var file = file(32);
        assertThat(file).hasSize(IMAGES * 3 * 32 * 32);
        var then = FileTime.fromMillis(1_000);
        Files.setLastModifiedTime(file, then);

        assertThat(open(32).train().size()).isEqualTo(30);
        assertThat(open(64).test().side()).isEqualTo(64);

        assertThat(Files.getLastModifiedTime(file)).isEqualTo(then);
        assertThat(file(64)).hasSize(IMAGES * 3 * 64 * 64);
    }

    @Test
    void shouldMakeAnewWhatWasBrokenOffOrIsNotWhole() throws Exception {
        open(32);
        var whole = Files.readAllBytes(file(32));
        Files.delete(file(32));
        assertThatThrownBy(() -> datasets().images().open(scenes, 32, new Preparation() {
                    @Override
                    public void at(String activity, long done, long total) {
                        if (activity.startsWith("decoding") && done > 0) {
                            throw new CancellationException("the run is paused");
                        }
                    }

                    @Override
                    public void waits(String reason) {
                        throw new AssertionError(reason);
                    }
                }))
                .isInstanceOf(CancellationException.class);
        assertThat(file(32)).doesNotExist();

        open(32);
        assertThat(file(32)).hasBinaryContent(whole);

        Files.write(file(32), new byte[7]);
        open(32);
        assertThat(file(32)).hasBinaryContent(whole);
    }

    @Test
    void shouldTellHowFarItIs() throws Exception {
        var told = new ArrayList<String>();
        datasets().images().open(scenes, 32, new Preparation() {
            @Override
            public void at(String activity, long done, long total) {
                told.add("%s %d/%d".formatted(activity, done, total));
            }

            @Override
            public void waits(String reason) {
                told.add(reason);
            }
        });
        assertThat(told).endsWith("decoding dataset tiny version v1 122880/122880");
    }

    @Test
    void shouldRefuseASetThatCannotBeDecodedAnyMore() throws Exception {
        var folder = work.resolve("scenes");
        for (var name : new String[] {"00000.png", "00001.png", "00002.png"}) {
            try (var classes = Files.newDirectoryStream(folder.resolve("train"))) {
                for (var of : classes) {
                    Files.write(of.resolve(name), new byte[] {1, 2, 3});
                }
            }
        }
        scenes = published(folder);
        assertThatThrownBy(() -> open(32))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("cannot be read or decoded any more");
    }

    private PixelSet open(int side) throws Exception {
        return datasets().images().open(scenes, side, Preparation.UNWATCHED);
    }

    private Datasets datasets() {
        return new Datasets(new ArchiveCache(store, work), work);
    }

    private Path file(int side) {
        return work.resolve("made/%s-pixels1-%d".formatted(scenes.getArchive().getSha256(), side));
    }

    private DatasetPublished published(Path folder) throws Exception {
        var archive = work.resolve("scenes.tar.gz");
        DatasetArchive.pack(folder, archive);
        return DatasetPublished.newBuilder(Samples.dataset())
                .setLayout(Layout.IMAGE_FOLDER)
                .setArchive(store.put("datasets/scenes", archive))
                .build();
    }
}
