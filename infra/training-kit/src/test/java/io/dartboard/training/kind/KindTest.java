package io.dartboard.training.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.Origin;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.Stage;
import io.dartboard.events.Task;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.testkit.Samples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KindTest {
    private static final RecurrentTrainSettings SETTINGS = RecurrentTrainSettings.newBuilder()
            .setWidth(12)
            .setBptt(5)
            .setPatience(1)
            .build();

    @Test
    void shouldTellTheKindOfAJob() {
        assertThat(kind(Task.LANGUAGE_MODEL, true, SETTINGS)).isEqualTo(Kind.TEXTS);
        assertThat(kind(Task.IMAGE_CLASSIFICATION, false, null)).isEqualTo(Kind.IMAGES);
    }

    @Test
    void shouldRefuseACellThatCannotReadTheDataset() {
        assertThatThrownBy(() -> kind(Task.LANGUAGE_MODEL, false, SETTINGS))
                .isInstanceOf(JobRefused.class)
                .hasMessage(
                        "dataset tiny version v1 is a text, which a convolutional cell cannot read: give a cell of space"
                                + " darts-rnn or a dataset of images");
        assertThatThrownBy(() -> kind(Task.IMAGE_CLASSIFICATION, true, null))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("holds images, which a recurrent cell cannot read");
    }

    @Test
    void shouldRefuseSettingsOfTheOtherKindAndATaskItDoesNotKnow() {
        assertThatThrownBy(() -> kind(Task.LANGUAGE_MODEL, true, null))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("the settings lack those of a recurrent cell");
        assertThatThrownBy(() -> kind(Task.IMAGE_CLASSIFICATION, false, SETTINGS))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("the settings have those of a recurrent cell");
        assertThatThrownBy(() -> kind(Task.UNKNOWN, true, SETTINGS))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("unknown to this version");
    }

    private static Kind kind(Task task, boolean recurrentCell, @Nullable RecurrentTrainSettings settings) {
        var genotype = recurrentCell ? PublishedRecurrentGenotypes.DARTS_V2 : PublishedGenotypes.DARTS_V2;
        return Kind.of(EvaluationJob.newBuilder()
                .setJob("e1")
                .setRun("r1")
                .setDataset(DatasetPublished.newBuilder(Samples.dataset())
                        .setTask(task)
                        .build())
                .setStage(Stage.FULL)
                .setOrigin(Origin.NAMED)
                .setGenotype(genotype.toString())
                .setSettings(RetrainSettings.newBuilder()
                        .setCells(3)
                        .setChannels(4)
                        .setEpochs(1)
                        .setBatchSize(4)
                        .setLearningRate(0.025)
                        .setLearningRateMin(0)
                        .setMomentum(0.9)
                        .setWeightDecay(3e-4)
                        .setGradientClip(5)
                        .setAuxiliaryWeight(0)
                        .setDropPath(0)
                        .setRecurrent(settings)
                        .build())
                .setSeed(1)
                .build());
    }
}
