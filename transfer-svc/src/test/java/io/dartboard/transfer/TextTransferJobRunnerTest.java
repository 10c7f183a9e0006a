package io.dartboard.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.Layout;
import io.dartboard.events.Measure;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.Task;
import io.dartboard.events.TransferJob;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.text.data.MadeText;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.job.Signal;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTransferJobRunnerTest {
    @TempDir
    Path work;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private TransferFixture transfers;

    @BeforeEach
    void publish() throws Exception {
        var folder = work.resolve("wiki");
        MadeText.writePtb(folder, 40, 10, 10, 2);
        var corpus = TextCorpus.read(folder);
        var dataset = DatasetPublished.newBuilder()
                .setDataset("wiki")
                .setVersion("1")
                .setTask(Task.LANGUAGE_MODEL)
                .setLayout(Layout.TOKEN_CORPUS)
                .setDigest(corpus.digest())
                .setArchive(TransferFixture.stored(folder, store))
                .setClasses(corpus.vocabulary())
                .setChannels(0)
                .setTrainExamples(corpus.train().size())
                .setValidExamples(corpus.valid().size())
                .setTestExamples(corpus.test().size())
                .build();
        transfers = new TransferFixture(
                new TransferJob("t1", "r1", dataset, PublishedRecurrentGenotypes.ENAS.toString(), settings(), 0),
                store,
                work);
    }

    @Test
    void shouldTellThePerplexityOfTheTestText() throws Exception {
        try (var context = transfers.attempt(1)) {
            // When
            var told = transfers.result(context);

            // Then
            assertThat(told.getMeasure()).isEqualTo(Measure.PERPLEXITY);
            assertThat(told.getPerplexity()).isGreaterThan(1).isNotEqualTo(told.getValidPerplexity());
            assertThat(told.getTop1ErrorPercent()).isZero();
            assertThat(told.getTop5ErrorPercent()).isZero();
            assertThat(told.getCorruptImages()).isZero();
            assertThat(told.getDataset()).isEqualTo("wiki");
            assertThat(told.getCurve()).hasSize(3);
            assertThat(told.getParameters()).isPositive();
            assertThat(context.progress()).endsWith(1.0);
            assertThat(context.throughput().tokensPerSecond()).isPositive();
            assertThat(Safetensors.read(store.get(told.getWeights())).fact("width"))
                    .isEqualTo("12");
        }
    }

    @Test
    void shouldEndAsIfItHadNeverStopped() throws Exception {
        GenotypeTransferred straight;
        int steps;
        try (var context = transfers.attempt(1)) {
            straight = transfers.result(context);
            steps = context.progress().size();
        }
        store.list("transfers/t1/checkpoints/").forEach(store::delete);
        try (var context = transfers.attempt(2).stopAfter(steps / 2, Signal.PAUSE)) {
            assertThat(transfers.run(context)).isEqualTo(Outcome.stopped());
        }
        try (var context = transfers.attempt(3)) {
            var resumed = transfers.result(context);
            assertThat(context.progress()).hasSize(steps - steps / 2);
            assertThat(resumed.getCurve()).isEqualTo(straight.getCurve());
            assertThat(resumed.getPerplexity()).isEqualTo(straight.getPerplexity());
            assertThat(store.get(resumed.getWeights())).isEqualTo(store.get(straight.getWeights()));
        }
    }

    @Test
    void shouldRefuseATransferWhoseTaskDoesNotMatchTheCellBeforeItTrains() {
        var job = transfers.job();
        transfers.refused(
                TransferJob.newBuilder(job)
                        .setGenotype(PublishedGenotypes.DARTS_V2.toString())
                        .build(),
                "dataset wiki version 1 is a text, which a convolutional cell cannot read");
        transfers.refused(
                TransferJob.newBuilder(job)
                        .setDataset(DatasetPublished.newBuilder(job.getDataset())
                                .setTask(Task.IMAGE_CLASSIFICATION)
                                .setLayout(Layout.IMAGE_FOLDER)
                                .build())
                        .build(),
                "dataset wiki version 1 holds images, which a recurrent cell cannot read");
        transfers.refused(
                TransferJob.newBuilder(job)
                        .setSettings(TransferSettings.newBuilder(settings())
                                .setGradientClip(0)
                                .build())
                        .build(),
                "gradientClip must be positive");
    }

    private static TransferSettings settings() {
        return TransferSettings.newBuilder()
                .setDataset("wiki")
                .setCells(0)
                .setChannels(0)
                .setEpochs(3)
                .setBatchSize(4)
                .setResolution(0)
                .setLearningRate(20)
                .setLearningRateDecay(0)
                .setMomentum(0)
                .setWeightDecay(5e-7)
                .setGradientClip(0.25)
                .setAuxiliaryWeight(0)
                .setDropPath(0)
                .setLabelSmoothing(0)
                .setRecurrent(RecurrentTrainSettings.newBuilder()
                        .setWidth(12)
                        .setBptt(12)
                        .setDropoutOutputs(0.2)
                        .setTemporalPenalty(1e-3)
                        .setPatience(1)
                        .build())
                .build();
    }
}
