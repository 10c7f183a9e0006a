package io.dartboard.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.events.CurvePoint;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Measure;
import io.dartboard.events.Origin;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.Stage;
import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.data.TextCorpus;
import io.dartboard.nas.data.made.MadeText;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.job.Signal;
import io.dartboard.pipeline.testkit.FakeJobContext;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextEvalJobRunnerTest {
    private static final int EPOCHS = 5;

    @TempDir
    Path work;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private DatasetPublished dataset;

    @BeforeEach
    void publish() throws Exception {
        var folder = work.resolve("made");
        MadeText.writePtb(folder, 40, 10, 10, 1);
        var corpus = TextCorpus.read(folder);
        dataset = DatasetPublished.newBuilder(TextFacts.dataset())
                .setDigest(corpus.digest())
                .setClasses(corpus.vocabulary())
                .setArchive(store.put("datasets/tales/1/archive", packed(folder)))
                .build();
    }

    @Test
    void shouldTellTheTestPerplexityOfTheModelThatTheValidationTextChose() throws Exception {
        try (var context = context("e1", 1)) {
            // When
            var told = done(run(job(Stage.FULL), context));

            // Then
            assertThat(told.getMeasure()).isEqualTo(Measure.PERPLEXITY);
            assertThat(told.getErrorPercent()).isZero();
            assertThat(told.getPerplexity()).isGreaterThan(1).isNotEqualTo(told.getValidPerplexity());
            var best = told.getCurve().stream()
                    .min(Comparator.comparingDouble(CurvePoint::getHeldOutLoss))
                    .orElseThrow();
            assertThat(told.getValidPerplexity()).isCloseTo(Math.exp(best.getHeldOutLoss()), within(1e-9));
            assertThat(told.getCurve()).extracting(CurvePoint::getEpoch).containsExactly(1, 2, 3, 4, 5);
            assertThat(told.getCurve())
                    .extracting(CurvePoint::getHeldOutAccuracy)
                    .containsOnly(0.0);
            assertThat(told.getParameters()).isPositive();
            assertThat(context.progress()).endsWith(1.0);
            assertThat(context.throughput().tokensPerSecond()).isPositive();
            assertThat(context.throughput().imagesPerSecond()).isZero();
            assertThat(context.messages().get(context.messages().size() - 1))
                    .startsWith("epoch 5/5, train loss")
                    .contains("perplexity");
            var weights = Safetensors.read(store.get(told.getWeights()));
            assertThat(weights.tensors()).containsKeys("encoder.weight", "decoder.bias");
            assertThat(weights.fact("network")).isEqualTo("recurrent");
            assertThat(weights.fact("vocabulary")).isEqualTo(Integer.toString(dataset.getClasses()));
            assertThat(weights.fact("genotype")).isEqualTo(TextFacts.DARTS_V2);
        }
    }

    @Test
    void shouldJudgeASelectionByTheValidationText() throws Exception {
        try (var context = context("e1", 1)) {
            var told = done(run(job(Stage.SELECTION), context));
            assertThat(told.getPerplexity()).isEqualTo(told.getValidPerplexity());
        }
    }

    @Test
    void shouldEndAsIfItHadNeverStoppedWhereverItIsKilled() throws Exception {
        GenotypeRetrained straight;
        int steps;
        try (var context = context("e1", 1)) {
            straight = done(run(job(Stage.FULL), context));
            steps = context.progress().size();
        }
        // In the first epoch, about the switch to averaged SGD and beyond, and before the last judgement.
        var attempt = 1;
        var done = 0;
        for (var stop : new int[] {2, steps / 2, steps * 3 / 4, steps}) {
            try (var context = context("e2", attempt++).stopAfter(stop - done, Signal.SHUTDOWN)) {
                assertThat(run(job(Stage.FULL), context)).isEqualTo(Outcome.stopped());
                assertThat(context.progress()).hasSize(stop - done);
                done = stop;
            }
        }
        try (var context = context("e2", attempt)) {
            var resumed = done(run(job(Stage.FULL), context));
            assertThat(context.resumedAt()).isEqualTo(steps);
            assertThat(context.progress()).isEmpty();
            assertThat(resumed.getCurve()).isEqualTo(straight.getCurve());
            assertThat(resumed.getPerplexity()).isEqualTo(straight.getPerplexity());
            assertThat(tensors(resumed)).isEqualTo(tensors(straight));
        }
    }

    @Test
    void shouldWriteNothingWhenItIsCancelled() throws Exception {
        try (var context = context("e1", 1).stopAfter(1, Signal.CANCEL)) {
            assertThat(run(job(Stage.FULL), context)).isEqualTo(Outcome.stopped());
        }
        assertThat(store.list("evaluations/")).isEmpty();
    }

    @Test
    void shouldRefuseATrainingThatDivergesAgainAndAgain() {
        var wild = RetrainSettings.newBuilder(TextFacts.retrain(1))
                .setLearningRate(1e38)
                .setGradientClip(1e30)
                .build();
        var job = EvaluationJob.newBuilder(job(Stage.FULL)).setSettings(wild).build();
        try (var context = context("e1", 1)) {
            assertThatThrownBy(() -> run(job, context))
                    .isInstanceOf(JobRefused.class)
                    .hasMessageContaining("lower learningRate or gradientClip");
            // It has gone back and tried again before it gave up.
            assertThat(context.progress()).hasSizeGreaterThan(1);
        }
    }

    @Test
    void shouldRefuseWhatNoAttemptCanDoBeforeItTrains() throws Exception {
        var job = job(Stage.FULL);
        refuses(EvaluationJob.newBuilder(job).setGenotype(Facts.DARTS_V2).build(), "a convolutional cell cannot read");
        refuses(
                EvaluationJob.newBuilder(job).setSettings(Facts.retrain(1)).build(),
                "the settings lack those of a recurrent cell");
        refuses(
                EvaluationJob.newBuilder(job).setDataset(Facts.dataset()).build(),
                "holds images, which a recurrent cell cannot read");
        refuses(
                EvaluationJob.newBuilder(job)
                        .setGenotype("Genotype(recurrent=[('sine', 0)], concat=[1])")
                        .build(),
                "unknown recurrent operation 'sine'");
        refuses(
                EvaluationJob.newBuilder(job)
                        .setSettings(RetrainSettings.newBuilder(job.getSettings())
                                .setRecurrent(RecurrentTrainSettings.newBuilder(Objects.requireNonNull(
                                                job.getSettings().getRecurrent()))
                                        .setPatience(0)
                                        .build())
                                .build())
                        .build(),
                "patience must be at least 1");
        refuses(
                EvaluationJob.newBuilder(job)
                        .setSettings(RetrainSettings.newBuilder(job.getSettings())
                                .setBatchSize(1000)
                                .build())
                        .build(),
                "use more text or a smaller batch");
        refuses(EvaluationJob.newBuilder(job).setStage(Stage.UNKNOWN).build(), "stage is unknown");
        refuses(
                EvaluationJob.newBuilder(job)
                        .setDataset(DatasetPublished.newBuilder(dataset)
                                .setDigest("0".repeat(64))
                                .build())
                        .build(),
                "publish it anew");
    }

    @Test
    void shouldRefuseATextThatCannotBeRead() throws Exception {
        refuses(withPart("ptb.valid.txt", new byte[0]), "ptb.valid.txt");
        refuses(withPart("ptb.train.txt", "caf\u00e9 au lait".getBytes(StandardCharsets.ISO_8859_1)), "UTF-8");
    }

    private EvaluationJob withPart(String part, byte[] content) throws Exception {
        var folder = Files.createTempDirectory(work, "damaged");
        MadeText.writePtb(folder, 40, 10, 10, 1);
        Files.write(folder.resolve(part), content);
        return EvaluationJob.newBuilder(job(Stage.FULL))
                .setDataset(DatasetPublished.newBuilder(dataset)
                        .setDigest(part)
                        .setArchive(store.put("datasets/damaged/" + part, packed(folder)))
                        .build())
                .build();
    }

    private Path packed(Path folder) throws Exception {
        var archive = work.resolve(folder.getFileName() + ".tar.gz");
        DatasetArchive.pack(folder, archive);
        return archive;
    }

    private Object tensors(GenotypeRetrained told) {
        return Safetensors.read(store.get(told.getWeights())).tensors();
    }

    private void refuses(EvaluationJob job, String reason) {
        try (var context = context("e1", 1)) {
            assertThatThrownBy(() -> run(job, context))
                    .isInstanceOf(JobRefused.class)
                    .hasMessageContaining(reason);
            assertThat(context.progress()).isEmpty();
        }
    }

    private Outcome run(EvaluationJob job, FakeJobContext context) throws Exception {
        return Facts.runner(store, work, context).run(job, context);
    }

    private FakeJobContext context(String id, int attempt) {
        var job = EvaluationJob.newBuilder(job(Stage.FULL)).setJob(id).build();
        return new FakeJobContext(
                EvalEvents.KIND.identity().apply(job), attempt, store, work, Duration.ofHours(1), Clock.systemUTC());
    }

    private EvaluationJob job(Stage stage) {
        return EvaluationJob.newBuilder()
                .setJob("e1")
                .setRun("r1")
                .setDataset(dataset)
                .setStage(stage)
                .setOrigin(Origin.SEARCHED)
                .setSearch("s1")
                .setGenotype(TextFacts.DARTS_V2)
                .setSettings(TextFacts.retrain(EPOCHS))
                .setSeed(7)
                .build();
    }

    private static GenotypeRetrained done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (GenotypeRetrained) ((Outcome.Done<?>) outcome).fact();
    }
}
