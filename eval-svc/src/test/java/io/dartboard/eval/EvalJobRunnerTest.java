package io.dartboard.eval;

import static io.dartboard.eval.Facts.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.events.ArtifactRef;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Layout;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.Stage;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.ConvolutionalArchitecture;
import io.dartboard.nas.image.cost.ImageSize;
import io.dartboard.nas.image.cost.NetworkCost;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.data.CifarBinary;
import io.dartboard.nas.image.data.made.MadeShapes;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.job.Signal;
import io.dartboard.pipeline.score.Score;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalJobRunnerTest {
    private static final int STEPS = 2 * 2;

    @TempDir
    Path work;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private EvalFixture retrainings;
    private DatasetPublished dataset;

    @BeforeEach
    void publish() throws Exception {
        var folder = work.resolve("made");
        MadeShapes.writeCifar(folder, 40, 20, 1);
        retrainings = new EvalFixture(IMAGES, store, work);
        dataset = retrainings.publish(folder, CifarBinary.read(folder).digest());
    }

    @Test
    void shouldTellWhatTheLastEpochReachedAndStoreTheWeights() throws Exception {
        // When
        GenotypeRetrained told;
        try (var context = retrainings.attempt("e1", 1)) {
            told = retrainings.result(job(Stage.FULL), context);
            assertThat(context.progress()).hasSize(STEPS).endsWith(1.0);
            assertThat(context.registry()
                            .get("nas.loader.wait")
                            .tag("stage", "evaluation")
                            .timer()
                            .count())
                    .isEqualTo(STEPS);
        }

        // Then
        assertThat(told.getCurve()).hasSize(2);
        var last = told.getCurve().get(1);
        assertThat(last.getEpoch()).isEqualTo(2);
        assertThat(told.getErrorPercent()).isEqualTo(100 * (1 - last.getHeldOutAccuracy()));
        assertThat(told.getAttempt()).isEqualTo(1);
        assertThat(told.getParameters()).isPositive();
        assertThat(told.getMultiplyAdds()).isPositive();
        var weights = retrainings.weights(told);
        assertThat(weights.fact("genotype")).isEqualTo(IMAGES.dartsV2());
        assertThat(weights.tensors()).containsKey("classifier.weight");
    }

    @Test
    void shouldJudgeASelectionByTheOtherHalfAndAFullRetrainingByTheTestSet() throws Exception {
        try (var selection = retrainings.attempt("e1", 1);
                var full = retrainings.attempt("e2", 1)) {
            retrainings.run(job(Stage.SELECTION), selection);
            retrainings.run(job(Stage.FULL), full);
            // Half of the training images, and so half of the steps.
            assertThat(selection.progress()).hasSize(STEPS / 2);
            assertThat(full.progress()).hasSize(STEPS);
        }
    }

    @Test
    void shouldCompareByWhatItHoldsOutAndJudgeByTheTestSetAtTheEnd() throws Exception {
        GenotypeRetrained selected;
        try (var context = retrainings.attempt("e1", 1)) {
            selected = retrainings.result(job(Stage.SELECTION), context);
        }
        var full = job(Stage.FULL);
        var half = EvaluationJob.newBuilder(full)
                .setSettings(RetrainSettings.newBuilder(full.getSettings())
                        .setValidPortion(0.5)
                        .build())
                .build();
        try (var context = retrainings.attempt("e2", 1)) {
            var told = retrainings.result(half, context);
            assertThat(told.getCurve())
                    .as("half of the images train, and the other half judges")
                    .isEqualTo(selected.getCurve());
            assertThat(Score.ofValidation(told)).hasValue(Score.of(selected));
            // The test set has 20 images: its errors are multiples of 5 %, and told as what the network is worth
            assertThat(Score.of(told).value() / 5)
                    .isCloseTo(Math.rint(Score.of(told).value() / 5), within(1e-9));
        }
        assertThat(Score.ofValidation(selected)).isEmpty();
    }

    @Test
    void shouldEndAsIfItHadNeverStopped() throws Exception {
        GenotypeRetrained straight;
        try (var context = retrainings.attempt("e1", 1)) {
            straight = retrainings.result(job(Stage.FULL), context);
        }
        try (var context = retrainings.attempt("e2", 1).stopAfter(1, Signal.SHUTDOWN)) {
            assertThat(retrainings.run(job(Stage.FULL), context)).isEqualTo(Outcome.stopped());
            assertThat(context.progress()).hasSize(1);
        }
        try (var context = retrainings.attempt("e2", 2)) {
            var resumed = retrainings.result(job(Stage.FULL), context);
            assertThat(context.progress()).hasSize(STEPS - 1);
            assertThat(resumed.getCurve()).isEqualTo(straight.getCurve());
            assertThat(resumed.getAttempt()).isEqualTo(2);
            assertThat(store.get(resumed.getWeights())).isEqualTo(store.get(straight.getWeights()));
        }
    }

    @Test
    void shouldJudgeWhatItHasWhereItShallFinishAndGoOnFromThereForWhoWantsItInFull() throws Exception {
        GenotypeRetrained straight;
        try (var context = retrainings.attempt("e1", 1)) {
            straight = retrainings.result(job(Stage.FULL), context);
        }
        var inSecondEpoch = STEPS / 2 + 1;
        try (var context = retrainings.attempt("e2", 1).stopAfter(inSecondEpoch, Signal.FINISH)) {
            var outcome = retrainings.run(job(Stage.FULL), context);

            assertThat(outcome).isInstanceOf(Outcome.Early.class);
            var told = (GenotypeRetrained) ((Outcome.Early<?>) outcome).fact();
            assertThat(context.progress()).hasSize(inSecondEpoch);
            assertThat(told.getFinishedEarly()).isTrue();
            assertThat(told.getCurve())
                    .hasSize(2)
                    .startsWith(straight.getCurve().get(0));
            assertThat(told.getErrorPercent())
                    .isEqualTo(100 * (1 - told.getCurve().get(1).getHeldOutAccuracy()));
            context.checkpoints().flush();
        }
        try (var context = retrainings.attempt("e2", 2)) {
            var full = retrainings.result(job(Stage.FULL), context);
            assertThat(context.progress()).hasSize(STEPS - inSecondEpoch);
            assertThat(full.getFinishedEarly()).isFalse();
            assertThat(full.getCurve()).isEqualTo(straight.getCurve());
        }
    }

    @Test
    void shouldFinishWithItsFirstEpochWhereThatIsNotDone() throws Exception {
        try (var context = retrainings.attempt("e1", 1).stopAfter(1, Signal.FINISH)) {
            var outcome = retrainings.run(job(Stage.FULL), context);

            assertThat(((GenotypeRetrained) ((Outcome.Early<?>) outcome).fact()).getCurve())
                    .hasSize(1);
            assertThat(context.progress()).hasSize(STEPS / 2);
        }
    }

    @Test
    void shouldTellAFullResultWhereOnlyTheLastJudgementIsLeft() throws Exception {
        try (var context = retrainings.attempt("e1", 1).stopAfter(STEPS, Signal.FINISH)) {
            assertThat(retrainings.result(job(Stage.FULL), context).getFinishedEarly())
                    .isFalse();
        }
        try (var context = retrainings.attempt("e2", 1).stopAfter(STEPS, Signal.SHUTDOWN)) {
            assertThat(retrainings.run(job(Stage.FULL), context)).isEqualTo(Outcome.stopped());
        }
        try (var context = retrainings.attempt("e2", 2).stopAfter(0, Signal.FINISH)) {
            assertThat(retrainings.result(job(Stage.FULL), context).getFinishedEarly())
                    .isFalse();
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
    void shouldRefuseWhatNoAttemptCanDo() throws Exception {
        var job = job(Stage.FULL);
        retrainings.refused(
                EvaluationJob.newBuilder(job).setGenotype("Genotype(").build(), "");
        retrainings.refused(
                EvaluationJob.newBuilder(job)
                        .setSettings(RetrainSettings.newBuilder(job.getSettings())
                                .setCells(2)
                                .build())
                        .build(),
                "cells must be at least 3");
        retrainings.refused(
                EvaluationJob.newBuilder(job)
                        .setSettings(RetrainSettings.newBuilder(job.getSettings())
                                .setImages(1000)
                                .build())
                        .build(),
                "1000");
        retrainings.refused(
                EvaluationJob.newBuilder(job)
                        .setDataset(DatasetPublished.newBuilder(dataset)
                                .setLayout(Layout.TOKEN_CORPUS)
                                .build())
                        .build(),
                "layout TOKEN_CORPUS and this job needs CIFAR_BINARY or IMAGE_FOLDER");
        retrainings.refused(
                EvaluationJob.newBuilder(job)
                        .setDataset(DatasetPublished.newBuilder(dataset)
                                .setDigest("0".repeat(64))
                                .build())
                        .build(),
                "publish it anew");
        retrainings.refused(
                EvaluationJob.newBuilder(job)
                        .setDataset(DatasetPublished.newBuilder(dataset)
                                .setDigest("1".repeat(64))
                                .setArchive(new ArtifactRef("s3://memory/nowhere", "0".repeat(64), 1L))
                                .build())
                        .build(),
                "cannot be had");
        retrainings.refused(
                EvaluationJob.newBuilder(job).setStage(Stage.UNKNOWN).build(), "stage is unknown");
    }

    @Test
    void shouldRetrainACellOfNasBench201() throws Exception {
        var settings = RetrainSettings.newBuilder(IMAGES.retrain(1))
                .setBatchSize(20)
                .setCells(5)
                .setAuxiliaryWeight(0)
                .build();
        var cell = "|nor_conv_3x3~0|+|none~0|skip_connect~1|+|avg_pool_3x3~0|none~1|nor_conv_1x1~2|";
        var job = EvaluationJob.newBuilder(retrainings.job(dataset, Stage.FULL, settings))
                .setGenotype(cell)
                .build();
        try (var context = retrainings.attempt("e1", 1)) {
            var told = retrainings.result(job, context);
            var shape = new NetworkShape(settings.getChannels(), 5, dataset.getClasses());
            assertThat(told.getParameters())
                    .isEqualTo(NetworkCost.of(
                                    Stem.CIFAR, ConvolutionalArchitecture.parse(cell), shape, ImageSize.square(32))
                            .parameters());
            assertThat(told.getHash()).isEqualTo(Architecture.parse(cell).hash());
            assertThat(retrainings.weights(told).tensors())
                    .containsKeys("cells.0.layers.0.op.1.weight", "cells.1.downsample.1.weight", "lastact.0.bias");
        }
    }

    private EvaluationJob job(Stage stage) {
        var settings = RetrainSettings.newBuilder(IMAGES.retrain(2))
                .setBatchSize(20)
                .setAuxiliaryWeight(0)
                .build();
        return retrainings.job(dataset, stage, settings);
    }
}
