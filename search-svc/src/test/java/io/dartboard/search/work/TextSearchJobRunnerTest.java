package io.dartboard.search.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.events.Measure;
import io.dartboard.events.RecurrentSearchSettings;
import io.dartboard.events.SearchJob;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Task;
import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.text.data.MadeText;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.job.Signal;
import io.dartboard.pipeline.testkit.FakeJobContext;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextSearchJobRunnerTest {
    private static final int EPOCHS = 2;
    private static final int WIDTH = 4;

    @TempDir
    Path folder;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private SearchFixture searches;
    private DatasetPublished dataset;

    @BeforeEach
    void publish() throws IOException {
        searches = new SearchFixture(store, folder.resolve("work"));
        var texts = folder.resolve("texts");
        MadeText.writePtb(texts, 16, 12, 4, 1);
        var corpus = TextCorpus.read(texts);
        var archive = folder.resolve("texts.tar.gz");
        DatasetArchive.pack(texts, archive);
        dataset = DatasetPublished.newBuilder(Told.dataset("texts", "1"))
                .setTask(Task.LANGUAGE_MODEL)
                .setLayout(Layout.TOKEN_CORPUS)
                .setDigest(corpus.digest())
                .setArchive(store.put("datasets/texts/1/archive", archive))
                .build();
    }

    @Test
    void shouldTellOfEachEpochInNatsOnceItsCheckpointIsStored() throws Exception {
        try (var context = searches.attempt(1)) {
            // When
            var last = SearchFixture.result(searches.run(job(), context));

            // Then
            assertThat(context.published()).singleElement().isInstanceOfSatisfying(AlphaCheckpointed.class, first -> {
                assertThat(first.getEpoch()).isEqualTo(1);
                assertThat(first.getFinalEpoch()).isFalse();
                assertThat(first.getStep()).isPositive();
                assertThat(store.get(first.getCheckpoint())).isNotEmpty();
            });
            assertThat(last.getSpace()).isEqualTo("darts-rnn");
            assertThat(last.getEpoch()).isEqualTo(EPOCHS);
            assertThat(last.getFinalEpoch()).isTrue();
            assertThat(last.getStep()).isEqualTo(context.progress().size());
            assertThat(last.getMeasure()).isEqualTo(Measure.PERPLEXITY);
            assertThat(last.getAlphas()).singleElement().satisfies(alphas -> {
                assertThat(alphas.getCell()).isEqualTo("recurrent");
                assertThat(alphas.getEdges()).isEqualTo(36);
                assertThat(alphas.getOperations()).isEqualTo(5);
                assertThat(alphas.getValues()).hasSize(36 * 5);
            });
            assertThat(last.getTrainLoss()).isBetween(0.1, 10.0);
            assertThat(last.getValidLoss()).isBetween(0.1, 10.0);
            assertThat(last.getTrainAccuracy()).isZero();
            assertThat(last.getValidAccuracy()).isZero();
            assertThat(last.getIndicators())
                    .containsOnlyKeys("entropy.recurrent", "alphaGradNorm.recurrent", "learningRate");
            assertThat(entropyGauge(context)).isEqualTo(last.getIndicators().get("entropy.recurrent"));
            assertThat(context.throughput().imagesPerSecond()).isZero();
            assertThat(context.throughput().tokensPerSecond()).isPositive();
            assertThat(context.progress().get(context.progress().size() - 1)).isEqualTo(1);
            assertThat(context.messages().get(context.messages().size() - 1)).contains("epoch 2/2", "perplexity");
        }
    }

    @Test
    void shouldGoOnBitByBitInMidEpochWhereItWasStopped() throws Exception {
        var whole = wholeAndForgotten();
        try (var first = searches.attempt(1).stopAfter(2, Signal.SHUTDOWN)) {
            assertThat(searches.run(job(), first)).isInstanceOf(Outcome.Stopped.class);
        }
        assertGoesOnTo(whole, whole.getStep() - 2);
    }

    @Test
    void shouldGoOnBitByBitFromTheLastEpochWhenItWasKilled() throws Exception {
        // Given: nothing is written any more from the middle of the second epoch on
        long steps;
        AlphaCheckpointed whole;
        try (var context = searches.attempt(1)) {
            whole = SearchFixture.result(searches.run(job(), context));
            steps = ((AlphaCheckpointed) context.published().get(0)).getStep();
        }
        forget();
        try (var killed = searches.attempt(1).stopAfter((int) steps + 2, Signal.CANCEL)) {
            assertThat(searches.run(job(), killed)).isInstanceOf(Outcome.Stopped.class);
            killed.checkpoints().flush();
        }

        // Then
        assertGoesOnTo(whole, whole.getStep() - steps);
    }

    @Test
    void shouldTellAgainWhatIsStoredAndNotSearchAgainWhatIsDone() throws Exception {
        var last = searches.whole(job());
        try (var second = searches.attempt(2)) {
            assertThat(SearchFixture.result(searches.run(job(), second))).isEqualTo(last);
            assertThat(second.published()).extracting("epoch").containsExactly(1);
            assertThat(second.progress()).isEmpty();
        }
    }

    @Test
    void shouldSearchAsThePublishedCodeDoesIfThatIsAskedFor() throws Exception {
        var corrected =
                searches.whole(job(settings().setMethod("darts-second-order").build()));
        forget();
        var published = searches.whole(
                job(settings().setMethod("darts-second-order-as-published").build()));
        assertThat(published.getAlphas()).isNotEqualTo(corrected.getAlphas());
    }

    @Test
    void shouldRefuseWhatNoFurtherAttemptCouldDo() {
        refused(settings().setMethod("evolution"), "unknown search method 'evolution'");
        refused(settings().setRecurrent(recurrent(1)), "bptt must be at least 2");
        refused(settings().setBatchSize(1000), "use more text or a batchSize of at most");
    }

    @Test
    void shouldRefuseADatasetThatItsSpaceIsNotFor() {
        refused(
                SearchSettings.newBuilder(Told.SEARCH),
                "texts version 1 is a text, which a convolutional cell cannot read");
        refused(
                settings().setRecurrent(null),
                "texts version 1 is a text, but the settings lack those of a recurrent cell");
        var images = Told.dataset("shapes", "1");
        searches.refused(
                new SearchJob("s1", "r1", images, settings().build(), 0L, 0),
                "shapes version 1 holds images, which a recurrent cell cannot read");
    }

    private void assertGoesOnTo(AlphaCheckpointed whole, long stepsLeft) throws Exception {
        try (var second = searches.attempt(2)) {
            var resumed = SearchFixture.result(searches.run(job(), second));
            assertThat(second.progress()).hasSize((int) stepsLeft);
            assertThat(resumed.getAlphas()).isEqualTo(whole.getAlphas());
            assertThat(resumed.getTrainLoss()).isEqualTo(whole.getTrainLoss());
            assertThat(resumed.getValidLoss()).isEqualTo(whole.getValidLoss());
            assertThat(resumed.getIndicators()).isEqualTo(whole.getIndicators());
            assertThat(resumed.getStep()).isEqualTo(whole.getStep());
            assertThat(resumed.getAttempt()).isEqualTo(2);
        }
    }

    private AlphaCheckpointed wholeAndForgotten() throws Exception {
        var whole = searches.whole(job());
        forget();
        return whole;
    }

    private void forget() {
        store.list("searches/").forEach(store::delete);
    }

    private static double entropyGauge(FakeJobContext context) {
        return context.registry()
                .get("nas.alpha.entropy")
                .tag("cell", "recurrent")
                .gauge()
                .value();
    }

    private void refused(SearchSettings.Builder settings, String line) {
        searches.refused(job(settings.build()), line);
    }

    private SearchJob job() {
        return job(settings().build());
    }

    private SearchJob job(SearchSettings settings) {
        return new SearchJob("s1", "r1", dataset, settings, 0L, 0);
    }

    private static SearchSettings.Builder settings() {
        return SearchSettings.newBuilder(Told.SEARCH)
                .setSpace("darts-rnn")
                .setChannels(0)
                .setCells(0)
                .setTrainPortion(0)
                .setLearningRateMin(0)
                .setMomentum(0)
                .setEpochs(EPOCHS)
                .setBatchSize(4)
                .setLearningRate(1)
                .setGradientClip(0.25)
                .setRecurrent(recurrent(6));
    }

    private static RecurrentSearchSettings recurrent(int bptt) {
        return new RecurrentSearchSettings(WIDTH, bptt, 0.0, 0.2, 0.5, 0.25, 0.5, 0.0, 1e-3);
    }
}
