package io.dartboard.eval;

import static io.dartboard.eval.Facts.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Layout;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.Stage;
import io.dartboard.nas.image.data.ImageFolder;
import io.dartboard.nas.image.data.made.MadeScenes;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.job.Signal;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.pipeline.testkit.Jpegs;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Selection and evaluation on a folder of photographs. */
class PhotoEvalJobRunnerTest {
    private static final int STEPS = 3;

    @TempDir
    Path work;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private EvalFixture retrainings;
    private DatasetPublished dataset;

    @BeforeEach
    void publish() throws Exception {
        var folder = work.resolve("scenes");
        MadeScenes.writeImageFolder(folder, 6, 2, 40, 1);
        Jpegs.inPlaceOfPngs(folder);
        retrainings = new EvalFixture(IMAGES, store, work);
        dataset = DatasetPublished.newBuilder(retrainings.publish(
                        folder,
                        ImageFolder.open(folder, "d".repeat(64), () -> {}).digest()))
                .setLayout(Layout.IMAGE_FOLDER)
                .setHeight(0)
                .setWidth(0)
                .build();
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"SELECTION", "FULL"})
    void shouldRetrainAtTheResolutionThatIsAskedFor(Stage stage) throws Exception {
        GenotypeRetrained small;
        GenotypeRetrained large;
        try (var context = retrainings.attempt("e1", 1)) {
            small = retrainings.result(job(stage, 0), context);
            assertThat(context.progress()).hasSize(stage == Stage.FULL ? STEPS : (STEPS + 1) / 2);
        }
        try (var context = retrainings.attempt("e2", 1)) {
            large = retrainings.result(job(stage, 64), context);
        }
        assertThat(small.getCurve()).hasSize(1);
        assertThat(large.getParameters()).isEqualTo(small.getParameters());
        assertThat(large.getMultiplyAdds()).isBetween(39 * small.getMultiplyAdds() / 10, 4 * small.getMultiplyAdds());
        assertThat(retrainings.weights(small).fact("resolution")).isEqualTo("32");
        assertThat(retrainings.weights(large).fact("resolution")).isEqualTo("64");
    }

    @Test
    void shouldEndAsIfItHadNeverStopped() throws Exception {
        GenotypeRetrained straight;
        try (var context = retrainings.attempt("e1", 1)) {
            straight = retrainings.result(job(Stage.FULL, 0), context);
        }
        try (var context = retrainings.attempt("e2", 1).stopAfter(1, Signal.SHUTDOWN)) {
            assertThat(retrainings.run(job(Stage.FULL, 0), context)).isEqualTo(Outcome.stopped());
        }
        try (var context = retrainings.attempt("e2", 2)) {
            var resumed = retrainings.result(job(Stage.FULL, 0), context);
            assertThat(context.progress()).hasSize(STEPS - 1);
            assertThat(resumed.getCurve()).isEqualTo(straight.getCurve());
            assertThat(store.get(resumed.getWeights())).isEqualTo(store.get(straight.getWeights()));
        }
    }

    private EvaluationJob job(Stage stage, int resolution) {
        var settings = RetrainSettings.newBuilder(IMAGES.retrain(1))
                .setBatchSize(20)
                .setAuxiliaryWeight(0)
                .setResolution(resolution)
                .build();
        return retrainings.job(dataset, stage, settings);
    }
}
