package io.dartboard.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.Layout;
import io.dartboard.events.Measure;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.Task;
import io.dartboard.events.TransferJob;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.data.TextCorpus;
import io.dartboard.nas.data.made.MadeText;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.job.Signal;
import io.dartboard.pipeline.testkit.FakeJobContext;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.training.Datasets;
import io.dartboard.training.TextTraining;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTransferJobRunnerTest {
    @TempDir
    Path work;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private DatasetPublished dataset;

    @BeforeEach
    void publish() throws Exception {
        var folder = work.resolve("made");
        MadeText.writePtb(folder, 40, 10, 10, 2);
        var archive = work.resolve("made.tar.gz");
        DatasetArchive.pack(folder, archive);
        var corpus = TextCorpus.read(folder);
        dataset = DatasetPublished.newBuilder()
                .setDataset("wiki")
                .setVersion("1")
                .setTask(Task.LANGUAGE_MODEL)
                .setLayout(Layout.TOKEN_CORPUS)
                .setDigest(corpus.digest())
                .setArchive(store.put("datasets/wiki/1/archive", archive))
                .setClasses(corpus.vocabulary())
                .setChannels(0)
                .setTrainExamples(corpus.train().size())
                .setValidExamples(corpus.valid().size())
                .setTestExamples(corpus.test().size())
                .build();
    }

    @Test
    void shouldTellThePerplexityOfTheTestText() throws Exception {
        try (var context = context(1)) {
            // When
            var told = done(run(job(), context));

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
        try (var context = context(1)) {
            straight = done(run(job(), context));
            steps = context.progress().size();
        }
        store.list("transfers/t1/checkpoints/").forEach(store::delete);
        try (var context = context(2).stopAfter(steps / 2, Signal.PAUSE)) {
            assertThat(run(job(), context)).isEqualTo(Outcome.stopped());
        }
        try (var context = context(3)) {
            var resumed = done(run(job(), context));
            assertThat(context.progress()).hasSize(steps - steps / 2);
            assertThat(resumed.getCurve()).isEqualTo(straight.getCurve());
            assertThat(resumed.getPerplexity()).isEqualTo(straight.getPerplexity());
            assertThat(store.get(resumed.getWeights())).isEqualTo(store.get(straight.getWeights()));
        }
    }

    @Test
    void shouldRefuseATransferWhoseTaskDoesNotMatchTheCellBeforeItTrains() {
        refuses(
                TransferJob.newBuilder(job())
                        .setGenotype(PublishedGenotypes.DARTS_V2.toString())
                        .build(),
                "dataset wiki version 1 is a text, which a convolutional cell cannot read");
        refuses(
                TransferJob.newBuilder(job())
                        .setDataset(DatasetPublished.newBuilder(dataset)
                                .setTask(Task.IMAGE_CLASSIFICATION)
                                .setLayout(Layout.IMAGE_FOLDER)
                                .build())
                        .build(),
                "dataset wiki version 1 holds images, which a recurrent cell cannot read");
        refuses(
                TransferJob.newBuilder(job())
                        .setSettings(TransferSettings.newBuilder(job().getSettings())
                                .setGradientClip(0)
                                .build())
                        .build(),
                "gradientClip must be positive");
    }

    private void refuses(TransferJob job, String reason) {
        try (var context = context(1)) {
            assertThatThrownBy(() -> run(job, context))
                    .isInstanceOf(JobRefused.class)
                    .hasMessageContaining(reason);
            assertThat(context.progress()).isEmpty();
        }
    }

    private Outcome run(TransferJob job, FakeJobContext context) throws Exception {
        var archives = new ArchiveCache(store, work);
        return new TransferJobRunner(
                        new PhotoRunner(Datasets.photos(archives, work)),
                        new TextRunner(new TextTraining(Datasets.texts(archives))),
                        store,
                        context.meters(),
                        Clock.systemUTC(),
                        1)
                .run(job, context);
    }

    private FakeJobContext context(int attempt) {
        return new FakeJobContext(
                TransferEvents.KIND.identity().apply(job()),
                attempt,
                store,
                work,
                Duration.ofHours(1),
                Clock.systemUTC());
    }

    private TransferJob job() {
        var settings = TransferSettings.newBuilder()
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
        return new TransferJob("t1", "r1", dataset, PublishedRecurrentGenotypes.ENAS.toString(), settings);
    }

    private static GenotypeTransferred done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (GenotypeTransferred) ((Outcome.Done<?>) outcome).fact();
    }
}
