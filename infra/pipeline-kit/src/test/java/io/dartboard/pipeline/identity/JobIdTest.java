package io.dartboard.pipeline.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.ArtifactRef;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.events.RecurrentSearchSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Task;
import org.junit.jupiter.api.Test;

class JobIdTest {
    private static final DatasetPublished SHAPES = DatasetPublished.newBuilder()
            .setDataset("shapes")
            .setVersion("v1")
            .setTask(Task.IMAGE_CLASSIFICATION)
            .setLayout(Layout.CIFAR_BINARY)
            .setDigest("d".repeat(64))
            .setArchive(new ArtifactRef("s3://nas/x", "00", 1L))
            .setClasses(10)
            .setTrainExamples(1)
            .setTestExamples(1)
            .build();

    @Test
    void shouldNameTheSearchOfAnEarlierReleaseAsThatReleaseDid() {
        // Given: settings that leave open what came with 0.3.0

        // Then: the id that 0.2.0 gave
        assertThat(JobId.search(SHAPES, images().build(), 0)).isEqualTo("s1af4aa0ddb25382e");
    }

    @Test
    void shouldTellSearchesApartByWhatOnlyTextHas() {
        // Given
        var narrow = images().setRecurrent(text(16)).build();
        var wide = images().setRecurrent(text(32)).build();

        // Then
        assertThat(JobId.search(SHAPES, narrow, 0))
                .isNotEqualTo(JobId.search(SHAPES, wide, 0))
                .isNotEqualTo(JobId.search(SHAPES, images().build(), 0));
    }

    private static SearchSettings.Builder images() {
        return SearchSettings.newBuilder()
                .setSpace("darts-cnn")
                .setMethod("darts-first-order")
                .setCells(3)
                .setChannels(4)
                .setEpochs(2)
                .setBatchSize(8)
                .setTrainPortion(0.5)
                .setLearningRate(0.025)
                .setLearningRateMin(0.001)
                .setMomentum(0.9)
                .setWeightDecay(3e-4)
                .setGradientClip(5.0)
                .setAlphaLearningRate(3e-4)
                .setAlphaBeta1(0.5)
                .setAlphaBeta2(0.999)
                .setAlphaWeightDecay(1e-3);
    }

    private static RecurrentSearchSettings text(int width) {
        return RecurrentSearchSettings.newBuilder().setWidth(width).setBptt(35).build();
    }
}
