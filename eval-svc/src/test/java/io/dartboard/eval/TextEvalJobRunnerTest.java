package io.dartboard.eval;

import static io.dartboard.eval.Facts.IMAGES;
import static io.dartboard.eval.Facts.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.events.CurvePoint;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Measure;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.Stage;
import io.dartboard.nas.text.data.MadeText;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.job.Signal;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private EvalFixture retrainings;
    private DatasetPublished dataset;

    @BeforeEach
    void publish() throws Exception {
        var folder = work.resolve("made");
        MadeText.writePtb(folder, 40, 10, 10, 1);
        var corpus = TextCorpus.read(folder);
        retrainings = new EvalFixture(TEXT, store, work);
        dataset = DatasetPublished.newBuilder(retrainings.publish(folder, corpus.digest()))
                .setClasses(corpus.vocabulary())
                .build();
    }

    @Test
    void shouldTellTheTestPerplexityOfTheModelThatTheValidationTextChose() throws Exception {
        try (var context = retrainings.attempt("e1", 1)) {
            // When
            var told = retrainings.result(job(Stage.FULL), context);

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
            var weights = retrainings.weights(told);
            assertThat(weights.tensors()).containsKeys("encoder.weight", "decoder.bias");
            assertThat(weights.fact("network")).isEqualTo("recurrent");
            assertThat(weights.fact("vocabulary")).isEqualTo(Integer.toString(dataset.getClasses()));
            assertThat(weights.fact("genotype")).isEqualTo(TEXT.dartsV2());
        }
    }

    @Test
    void shouldJudgeASelectionByTheValidationText() throws Exception {
        try (var context = retrainings.attempt("e1", 1)) {
            var told = retrainings.result(job(Stage.SELECTION), context);
            assertThat(told.getPerplexity()).isEqualTo(told.getValidPerplexity());
        }
    }

    @Test
    void shouldEndAsIfItHadNeverStoppedWhereverItIsKilled() throws Exception {
        GenotypeRetrained straight;
        int steps;
        try (var context = retrainings.attempt("e1", 1)) {
            straight = retrainings.result(job(Stage.FULL), context);
            steps = context.progress().size();
        }
        // In the first epoch, about the switch to averaged SGD and beyond, and before the last judgement.
        var attempt = 1;
        var done = 0;
        for (var stop : new int[] {2, steps / 2, steps * 3 / 4, steps}) {
            try (var context = retrainings.attempt("e2", attempt++).stopAfter(stop - done, Signal.SHUTDOWN)) {
                assertThat(retrainings.run(job(Stage.FULL), context)).isEqualTo(Outcome.stopped());
                assertThat(context.progress()).hasSize(stop - done);
                done = stop;
            }
        }
        try (var context = retrainings.attempt("e2", attempt)) {
            var resumed = retrainings.result(job(Stage.FULL), context);
            assertThat(context.resumedAt()).isEqualTo(steps);
            assertThat(context.progress()).isEmpty();
            assertThat(resumed.getCurve()).isEqualTo(straight.getCurve());
            assertThat(resumed.getPerplexity()).isEqualTo(straight.getPerplexity());
            assertThat(retrainings.weights(resumed).tensors())
                    .isEqualTo(retrainings.weights(straight).tensors());
        }
    }

    @Test
    void shouldChooseByTheValidationTextAmongTheEpochsThatThereAreWhereItShallFinish() throws Exception {
        int steps;
        try (var context = retrainings.attempt("e1", 1)) {
            retrainings.result(job(Stage.FULL), context);
            steps = context.progress().size();
        }
        try (var context = retrainings.attempt("e2", 1).stopAfter(steps / 2, Signal.FINISH)) {
            var outcome = retrainings.run(job(Stage.FULL), context);

            assertThat(outcome).isInstanceOf(Outcome.Early.class);
            var told = (GenotypeRetrained) ((Outcome.Early<?>) outcome).fact();
            assertThat(told.getFinishedEarly()).isTrue();
            assertThat(told.getCurve()).hasSizeBetween(2, 4);
            var best = told.getCurve().stream()
                    .min(Comparator.comparingDouble(CurvePoint::getHeldOutLoss))
                    .orElseThrow();
            assertThat(told.getValidPerplexity()).isCloseTo(Math.exp(best.getHeldOutLoss()), within(1e-9));
            assertThat(told.getPerplexity()).isGreaterThan(1).isNotEqualTo(told.getValidPerplexity());
        }
    }

    @Test
    void shouldWriteNothingWhenItIsCancelled() throws Exception {
        try (var context = retrainings.attempt("e1", 1).stopAfter(1, Signal.CANCEL)) {
            assertThat(retrainings.run(job(Stage.FULL), context)).isEqualTo(Outcome.stopped());
        }
        assertThat(store.list("evaluations/")).isEmpty();
    }

    @Test
    void shouldRefuseATrainingThatDivergesAgainAndAgain() {
        var wild = RetrainSettings.newBuilder(TEXT.retrain(1))
                .setLearningRate(1e38)
                .setGradientClip(1e30)
                .build();
        var job = EvaluationJob.newBuilder(job(Stage.FULL)).setSettings(wild).build();
        try (var context = retrainings.attempt("e1", 1)) {
            assertThatThrownBy(() -> retrainings.run(job, context))
                    .isInstanceOf(JobRefused.class)
                    .hasMessageContaining("lower learningRate or gradientClip");
            // It has gone back and tried again before it gave up.
            assertThat(context.progress()).hasSizeGreaterThan(1);
        }
    }

    @Test
    void shouldRefuseWhatNoAttemptCanDoBeforeItTrains() throws Exception {
        var job = job(Stage.FULL);
        retrainings.refused(
                EvaluationJob.newBuilder(job).setGenotype(IMAGES.dartsV2()).build(),
                "a convolutional cell cannot read");
        retrainings.refused(
                EvaluationJob.newBuilder(job).setSettings(IMAGES.retrain(1)).build(),
                "the settings lack those of a recurrent cell");
        retrainings.refused(
                EvaluationJob.newBuilder(job).setDataset(IMAGES.dataset()).build(),
                "holds images, which a recurrent cell cannot read");
        retrainings.refused(
                EvaluationJob.newBuilder(job)
                        .setGenotype("Genotype(recurrent=[('sine', 0)], concat=[1])")
                        .build(),
                "unknown recurrent operation 'sine'");
        retrainings.refused(
                EvaluationJob.newBuilder(job)
                        .setSettings(RetrainSettings.newBuilder(job.getSettings())
                                .setRecurrent(RecurrentTrainSettings.newBuilder(Objects.requireNonNull(
                                                job.getSettings().getRecurrent()))
                                        .setPatience(0)
                                        .build())
                                .build())
                        .build(),
                "patience must be at least 1");
        retrainings.refused(
                EvaluationJob.newBuilder(job)
                        .setSettings(RetrainSettings.newBuilder(job.getSettings())
                                .setBatchSize(1000)
                                .build())
                        .build(),
                "use more text or a batchSize of at most");
        retrainings.refused(
                EvaluationJob.newBuilder(job).setStage(Stage.UNKNOWN).build(), "stage is unknown");
        retrainings.refused(
                EvaluationJob.newBuilder(job)
                        .setDataset(DatasetPublished.newBuilder(dataset)
                                .setDigest("0".repeat(64))
                                .build())
                        .build(),
                "publish it anew");
    }

    @Test
    void shouldRefuseATextThatCannotBeRead() throws Exception {
        retrainings.refused(withPart("ptb.valid.txt", new byte[0]), "ptb.valid.txt");
        retrainings.refused(
                withPart("ptb.train.txt", "caf\u00e9 au lait".getBytes(StandardCharsets.ISO_8859_1)), "UTF-8");
    }

    private EvaluationJob withPart(String part, byte[] content) throws Exception {
        var folder = Files.createTempDirectory(work, "damaged");
        MadeText.writePtb(folder, 40, 10, 10, 1);
        Files.write(folder.resolve(part), content);
        return EvaluationJob.newBuilder(job(Stage.FULL))
                .setDataset(retrainings.publish(folder, part))
                .build();
    }

    private EvaluationJob job(Stage stage) {
        return retrainings.job(dataset, stage, TEXT.retrain(EPOCHS));
    }
}
