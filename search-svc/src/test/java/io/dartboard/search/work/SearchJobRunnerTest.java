package io.dartboard.search.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.SearchJob;
import io.dartboard.events.SearchSettings;
import io.dartboard.nas.image.data.made.MadeShapes;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.job.Signal;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.search.dataset.DatasetBuckets;
import io.dartboard.search.dataset.DatasetFolders;
import io.dartboard.search.dataset.DatasetPublisher;
import io.dartboard.search.dataset.DatasetRequest;
import io.dartboard.search.event.FakeEventLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchJobRunnerTest {
    private static final int EPOCHS = 2;
    private static final int STEPS_PER_EPOCH = 2;

    @TempDir
    Path folder;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private SearchFixture searches;
    private DatasetPublished dataset;

    @BeforeEach
    void publish() throws IOException {
        searches = new SearchFixture(store, folder.resolve("work"));
        var shapes = Files.createDirectory(folder.resolve("shapes"));
        MadeShapes.writeCifar(shapes, 20, 10, 1);
        dataset = new DatasetPublisher(
                        store,
                        new FakeEventLog(),
                        folder.resolve("work"),
                        new DatasetFolders(List.of(folder), Optional.empty()),
                        new DatasetBuckets(store, List.of()))
                .publish(
                        DatasetRequest.read("{\"name\": \"shapes\", \"layout\": \"cifar-binary\", \"location\": \"%s\"}"
                                .formatted(shapes.toUri())))
                .dataset();
    }

    @Test
    void shouldTellOfEachEpochOnceItsCheckpointIsStored() throws Exception {
        try (var context = searches.attempt(1)) {
            // When
            var last = SearchFixture.result(searches.run(job(), context));

            // Then
            assertThat(context.published()).singleElement().isInstanceOfSatisfying(AlphaCheckpointed.class, first -> {
                assertThat(first.getEpoch()).isEqualTo(1);
                assertThat(first.getFinalEpoch()).isFalse();
                assertThat(store.get(first.getCheckpoint())).isNotEmpty();
            });
            assertThat(last.getEpoch()).isEqualTo(EPOCHS);
            assertThat(last.getStep()).isEqualTo(EPOCHS * STEPS_PER_EPOCH);
            assertThat(last.getFinalEpoch()).isTrue();
            assertThat(last.getAttempt()).isEqualTo(1);
            assertThat(last.getDeviceSeconds()).isPositive();
            assertThat(store.get(last.getCheckpoint())).isNotEmpty();
            assertThat(last.getAlphas()).extracting("cell").containsExactly("normal", "reduce");
            assertThat(last.getAlphas().get(0).getValues()).hasSize(14 * 8);
            assertThat(last.getIndicators())
                    .containsKeys("entropy.normal", "alphaGradNorm.reduce", "parameterFreeOps.normal", "learningRate");
            assertThat(context.registry()
                            .get("nas.alpha.entropy")
                            .tag("cell", "normal")
                            .gauge()
                            .value())
                    .isEqualTo(last.getIndicators().get("entropy.normal"));
            assertThat(context.registry()
                            .get("nas.loader.wait")
                            .tag("stage", "search")
                            .timer()
                            .count())
                    .isEqualTo(EPOCHS * STEPS_PER_EPOCH);
        }
    }

    @Test
    void shouldGoOnBitByBitWhereItWasStopped() throws Exception {
        // Given
        var whole = searches.whole(job());
        store.list("searches/").forEach(store::delete);

        // When
        try (var first = searches.attempt(1).stopAfter(1, Signal.SHUTDOWN)) {
            assertThat(searches.run(job(), first)).isInstanceOf(Outcome.Stopped.class);
        }
        AlphaCheckpointed resumed;
        try (var second = searches.attempt(2)) {
            resumed = SearchFixture.result(searches.run(job(), second));
            assertThat(second.progress()).hasSize(EPOCHS * STEPS_PER_EPOCH - 1);
        }

        // Then
        assertThat(resumed.getAlphas()).isEqualTo(whole.getAlphas());
        assertThat(resumed.getTrainLoss()).isEqualTo(whole.getTrainLoss());
        assertThat(resumed.getAttempt()).isEqualTo(2);
    }

    @Test
    void shouldStopWithACheckpointAtTheEndOfAnEpochToo() throws Exception {
        try (var first = searches.attempt(1).stopAfter(STEPS_PER_EPOCH, Signal.PAUSE)) {
            assertThat(searches.run(job(), first)).isInstanceOf(Outcome.Stopped.class);
        }
        try (var second = searches.attempt(2)) {
            assertThat(SearchFixture.result(searches.run(job(), second)).getEpoch())
                    .isEqualTo(EPOCHS);
            assertThat(second.published()).extracting("epoch").containsExactly(1);
        }
    }

    @Test
    void shouldEndWithTheFirstEpochThatIsToldWhereItShallFinish() throws Exception {
        try (var first = searches.attempt(1).stopAfter(1, Signal.FINISH)) {
            assertThat(searches.run(job(), first)).isInstanceOf(Outcome.Stopped.class);
            assertThat(first.progress()).hasSize(STEPS_PER_EPOCH);
            assertThat(first.published()).extracting("epoch").containsExactly(1);
        }
        try (var second = searches.attempt(2)) {
            assertThat(SearchFixture.result(searches.run(job(), second)).getEpoch())
                    .as("for who wants it in full")
                    .isEqualTo(EPOCHS);
        }
    }

    @Test
    void shouldWriteNothingWhenItIsCancelled() throws Exception {
        try (var context = searches.attempt(1).stopAfter(1, Signal.CANCEL)) {
            assertThat(searches.run(job(), context)).isInstanceOf(Outcome.Stopped.class);
            context.checkpoints().flush();
        }
        assertThat(store.list("searches/")).isEmpty();
    }

    @Test
    void shouldTellAgainWhatIsStoredAndNotTrainAgainWhatIsDone() throws Exception {
        // Given
        AlphaCheckpointed last;
        List<?> told;
        try (var first = searches.attempt(1)) {
            last = SearchFixture.result(searches.run(job(), first));
            told = first.published();
        }

        // When
        try (var second = searches.attempt(2)) {
            var again = SearchFixture.result(searches.run(job(), second));

            // Then
            assertThat(again).isEqualTo(last);
            assertThat(second.published()).isEqualTo(told);
            assertThat(second.progress()).isEmpty();
        }
    }

    @Test
    void shouldRefuseWhatNoFurtherAttemptCouldDo() {
        refused(settings().setMethod("evolution").build(), dataset, "unknown search method 'evolution'");
        refused(settings().setSpace("rnn").build(), dataset, "unknown search space 'rnn'");
        refused(settings().setCells(2).build(), dataset, "cells must be at least 3");
        refused(settings().setImages(1000).build(), dataset, "a subset must have between 1 and 20 images");
        var other =
                DatasetPublished.newBuilder(dataset).setDigest("0".repeat(64)).build();
        refused(settings().build(), other, "publish it anew");
    }

    private void refused(SearchSettings settings, DatasetPublished on, String line) {
        searches.refused(new SearchJob("s1", "r1", on, settings, 0L, 0), line);
    }

    @Test
    void shouldSearchASpaceOfOneCell() throws Exception {
        var settings =
                settings().setSpace("nas-bench-201").setCells(5).setEpochs(1).build();

        var last = searches.whole(new SearchJob("s1", "r1", dataset, settings, 0L, 0));

        assertThat(last.getSpace()).isEqualTo("nas-bench-201");
        assertThat(last.getAlphas()).singleElement().satisfies(alphas -> {
            assertThat(alphas.getCell()).isEqualTo("normal");
            assertThat(alphas.getValues()).hasSize(6 * 5);
        });
        searches.refused(
                new SearchJob(
                        "s2",
                        "r1",
                        dataset,
                        SearchSettings.newBuilder(settings).setCells(6).build(),
                        0L,
                        0),
                "cells must be 3N + 2 in space nas-bench-201");
    }

    private SearchJob job() {
        return new SearchJob("s1", "r1", dataset, settings().build(), 0L, 0);
    }

    private static SearchSettings.Builder settings() {
        return SearchSettings.newBuilder(Told.SEARCH)
                .setChannels(2)
                .setBatchSize(5)
                .setEpochs(EPOCHS);
    }
}
