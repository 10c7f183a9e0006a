package io.dartboard.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.Task;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.testkit.Samples;
import org.junit.jupiter.api.Test;

class TextSettingsTest {
    private static final RecurrentTrainSettings SETTINGS = RecurrentTrainSettings.newBuilder()
            .setWidth(12)
            .setBptt(5)
            .setPatience(1)
            .build();

    @Test
    void shouldGiveWhatATextHasAndNothingForImages() {
        assertThat(TextSettings.of(dataset(Task.LANGUAGE_MODEL), true, SETTINGS))
                .hasValue(SETTINGS);
        assertThat(TextSettings.of(dataset(Task.IMAGE_CLASSIFICATION), false, null))
                .isEmpty();
    }

    @Test
    void shouldRefuseACellThatCannotReadTheDataset() {
        assertThatThrownBy(() -> TextSettings.of(dataset(Task.LANGUAGE_MODEL), false, SETTINGS))
                .isInstanceOf(JobRefused.class)
                .hasMessage(
                        "dataset tiny version v1 is a text, which a convolutional cell cannot read: give a cell of space"
                                + " darts-rnn or a dataset of images");
        assertThatThrownBy(() -> TextSettings.of(dataset(Task.IMAGE_CLASSIFICATION), true, null))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("holds images, which a recurrent cell cannot read");
    }

    @Test
    void shouldRefuseSettingsOfTheOtherKindAndATaskItDoesNotKnow() {
        assertThatThrownBy(() -> TextSettings.of(dataset(Task.LANGUAGE_MODEL), true, null))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("the settings lack those of a recurrent cell");
        assertThatThrownBy(() -> TextSettings.of(dataset(Task.IMAGE_CLASSIFICATION), false, SETTINGS))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("the settings have those of a recurrent cell");
        assertThatThrownBy(() -> TextSettings.of(dataset(Task.UNKNOWN), true, SETTINGS))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("unknown to this version");
    }

    private static DatasetPublished dataset(Task task) {
        return DatasetPublished.newBuilder(Samples.dataset()).setTask(task).build();
    }
}
