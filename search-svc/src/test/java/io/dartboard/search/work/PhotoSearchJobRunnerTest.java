package io.dartboard.search.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.SearchJob;
import io.dartboard.events.SearchSettings;
import io.dartboard.nas.image.data.made.MadeScenes;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.job.Signal;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.pipeline.testkit.Jpegs;
import io.dartboard.search.dataset.DatasetBuckets;
import io.dartboard.search.dataset.DatasetFolders;
import io.dartboard.search.dataset.DatasetPublisher;
import io.dartboard.search.dataset.DatasetRequest;
import io.dartboard.search.event.FakeEventLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search on a folder of photographs. */
class PhotoSearchJobRunnerTest {
    private static final int STEPS = 2;

    @TempDir
    Path folder;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private Path work;
    private SearchFixture searches;
    private DatasetPublished dataset;

    @BeforeEach
    void publish() throws IOException {
        work = folder.resolve("work");
        searches = new SearchFixture(store, work);
        var scenes = folder.resolve("scenes");
        MadeScenes.writeImageFolder(scenes, 2, 1, 40, 1);
        Jpegs.inPlaceOfPngs(scenes);
        dataset = new DatasetPublisher(
                        store,
                        new FakeEventLog(),
                        work,
                        new DatasetFolders(List.of(folder), Optional.empty()),
                        new DatasetBuckets(store, List.of()))
                .publish(
                        DatasetRequest.read("{\"name\": \"scenes\", \"layout\": \"image-folder\", \"location\": \"%s\"}"
                                .formatted(scenes.toUri())))
                .dataset();
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64})
    void shouldSearchAtTheResolutionThatIsAskedForAndGoOnBitByBit(int side) throws Exception {
        // Given
        var whole = searches.whole(job(side));
        store.list("searches/").forEach(store::delete);
        var pixels = pixels(side);
        assertThat(pixels).hasSize(30L * 3 * side * side);
        Files.setLastModifiedTime(pixels, FileTime.fromMillis(1_000));

        // When
        try (var first = searches.attempt(1).stopAfter(1, Signal.SHUTDOWN)) {
            assertThat(searches.run(job(side), first)).isInstanceOf(Outcome.Stopped.class);
        }
        assertThat(Files.getLastModifiedTime(pixels)).as("decoded once").isEqualTo(FileTime.fromMillis(1_000));
        Files.delete(pixels); // as on another machine
        AlphaCheckpointed resumed;
        try (var second = searches.attempt(2)) {
            resumed = SearchFixture.result(searches.run(job(side), second));
            assertThat(second.progress()).hasSize(STEPS - 1);
        }

        // Then
        assertThat(resumed.getAlphas()).isEqualTo(whole.getAlphas());
        assertThat(resumed.getTrainLoss()).isEqualTo(whole.getTrainLoss());
    }

    @Test
    void shouldSearchAtThirtyTwoPixelsWhereNothingIsAskedFor() throws Exception {
        var usual = searches.whole(job(0));
        store.list("searches/").forEach(store::delete);

        assertThat(searches.whole(job(32)).getAlphas()).isEqualTo(usual.getAlphas());
        assertThat(pixels(32)).exists();
    }

    private Path pixels(int side) {
        return work.resolve("made/%s-pixels1-%d".formatted(dataset.getArchive().getSha256(), side));
    }

    private SearchJob job(int resolution) {
        var settings = SearchSettings.newBuilder(Told.SEARCH)
                .setChannels(2)
                .setBatchSize(5)
                .setEpochs(1)
                .setResolution(resolution)
                .build();
        return new SearchJob("s1", "r1", dataset, settings, 0L, 0);
    }
}
