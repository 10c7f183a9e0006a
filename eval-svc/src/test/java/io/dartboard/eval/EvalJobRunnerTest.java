package io.dartboard.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.ArtifactRef;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Layout;
import io.dartboard.events.Origin;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.Stage;
import io.dartboard.nas.data.CifarBinary;
import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.data.made.MadeShapes;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.job.Signal;
import io.dartboard.pipeline.testkit.FakeJobContext;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalJobRunnerTest {
    private static final int STEPS = 2 * 2;

    @TempDir
    Path work;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private DatasetPublished dataset;

    @BeforeEach
    void publish() throws Exception {
        var folder = work.resolve("made");
        MadeShapes.writeCifar(folder, 40, 20, 1);
        var archive = work.resolve("made.tar.gz");
        DatasetArchive.pack(folder, archive);
        dataset = DatasetPublished.newBuilder(Facts.dataset())
                .setDigest(CifarBinary.read(folder).digest())
                .setArchive(store.put("datasets/shapes/1/archive", archive))
                .build();
    }

    @Test
    void shouldTellWhatTheLastEpochReachedAndStoreTheWeights() throws Exception {
        // When
        GenotypeRetrained told;
        try (var context = context("e1", 1)) {
            told = done(run(job(Stage.FULL), context));
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
        var weights = Safetensors.read(store.get(told.getWeights()));
        assertThat(weights.fact("genotype")).isEqualTo(Facts.DARTS_V2);
        assertThat(weights.tensors()).containsKey("classifier.weight");
    }

    @Test
    void shouldJudgeASelectionByTheOtherHalfAndAFullRetrainingByTheTestSet() throws Exception {
        try (var selection = context("e1", 1);
                var full = context("e2", 1)) {
            run(job(Stage.SELECTION), selection);
            run(job(Stage.FULL), full);
            // Half of the training images, and so half of the steps.
            assertThat(selection.progress()).hasSize(STEPS / 2);
            assertThat(full.progress()).hasSize(STEPS);
        }
    }

    @Test
    void shouldEndAsIfItHadNeverStopped() throws Exception {
        GenotypeRetrained straight;
        try (var context = context("e1", 1)) {
            straight = done(run(job(Stage.FULL), context));
        }
        try (var context = context("e2", 1).stopAfter(1, Signal.SHUTDOWN)) {
            assertThat(run(job(Stage.FULL), context)).isEqualTo(Outcome.stopped());
            assertThat(context.progress()).hasSize(1);
        }
        try (var context = context("e2", 2)) {
            var resumed = done(run(job(Stage.FULL), context));
            assertThat(context.progress()).hasSize(STEPS - 1);
            assertThat(resumed.getCurve()).isEqualTo(straight.getCurve());
            assertThat(resumed.getAttempt()).isEqualTo(2);
            assertThat(store.get(resumed.getWeights())).isEqualTo(store.get(straight.getWeights()));
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
    void shouldRefuseWhatNoAttemptCanDo() throws Exception {
        var job = job(Stage.FULL);
        refuses(EvaluationJob.newBuilder(job).setGenotype("Genotype(").build(), "");
        refuses(
                EvaluationJob.newBuilder(job)
                        .setSettings(RetrainSettings.newBuilder(job.getSettings())
                                .setCells(2)
                                .build())
                        .build(),
                "cells must be at least 3");
        refuses(
                EvaluationJob.newBuilder(job)
                        .setSettings(RetrainSettings.newBuilder(job.getSettings())
                                .setImages(1000)
                                .build())
                        .build(),
                "1000");
        refuses(
                EvaluationJob.newBuilder(job)
                        .setDataset(DatasetPublished.newBuilder(dataset)
                                .setLayout(Layout.IMAGE_FOLDER)
                                .build())
                        .build(),
                "layout IMAGE_FOLDER");
        refuses(
                EvaluationJob.newBuilder(job)
                        .setDataset(DatasetPublished.newBuilder(dataset)
                                .setDigest("0".repeat(64))
                                .build())
                        .build(),
                "publish it anew");
        refuses(
                EvaluationJob.newBuilder(job)
                        .setDataset(DatasetPublished.newBuilder(dataset)
                                .setDigest("1".repeat(64))
                                .setArchive(new ArtifactRef("s3://memory/nowhere", "0".repeat(64), 1L))
                                .build())
                        .build(),
                "cannot be had");
        refuses(EvaluationJob.newBuilder(job).setStage(Stage.UNKNOWN).build(), "stage is unknown");
    }

    private void refuses(EvaluationJob job, String reason) {
        try (var context = context("e1", 1)) {
            assertThatThrownBy(() -> run(job, context))
                    .isInstanceOf(JobRefused.class)
                    .hasMessageContaining(reason);
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
                .setGenotype(Facts.DARTS_V2)
                .setSettings(RetrainSettings.newBuilder(Facts.retrain(2))
                        .setBatchSize(20)
                        .setAuxiliaryWeight(0)
                        .build())
                .setSeed(7)
                .build();
    }

    private static GenotypeRetrained done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (GenotypeRetrained) ((Outcome.Done<?>) outcome).fact();
    }
}
