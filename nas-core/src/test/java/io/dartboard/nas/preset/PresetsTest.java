package io.dartboard.nas.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The values are those that the paper and its authors' programs state, written out here a second time. */
class PresetsTest {

    @Test
    void shouldHoldThePapersSearchOfBothOrders() {
        for (var order : List.of("first", "second")) {
            var values = Presets.of("darts-cifar10-" + order + "-order").values();
            assertThat(values)
                    .containsEntry("space", "darts-cnn")
                    .containsEntry("method", "darts-" + order + "-order")
                    .containsEntry("cells", 8)
                    .containsEntry("channels", 16)
                    .containsEntry("epochs", 50)
                    .containsEntry("batchSize", 64)
                    .containsEntry("trainPortion", 0.5)
                    .containsEntry("learningRate", 0.025)
                    .containsEntry("learningRateMin", 0.001)
                    .containsEntry("momentum", 0.9)
                    .containsEntry("weightDecay", 3e-4)
                    .containsEntry("gradientClip", 5.0)
                    .containsEntry("alphaLearningRate", 3e-4)
                    .containsEntry("alphaBeta1", 0.5)
                    .containsEntry("alphaBeta2", 0.999)
                    .containsEntry("alphaWeightDecay", 1e-3)
                    .containsEntry("cutout", 0)
                    .hasSize(17);
        }
    }

    @Test
    void shouldHoldThePapersEvaluationAndDifferInTheSelectionsEpochsAlone() {
        var evaluation = Presets.of("darts-cifar10-evaluation").values();
        assertThat(evaluation)
                .containsEntry("cells", 20)
                .containsEntry("channels", 36)
                .containsEntry("epochs", 600)
                .containsEntry("batchSize", 96)
                .containsEntry("learningRate", 0.025)
                .containsEntry("learningRateMin", 0.0)
                .containsEntry("momentum", 0.9)
                .containsEntry("weightDecay", 3e-4)
                .containsEntry("gradientClip", 5.0)
                .containsEntry("auxiliaryWeight", 0.4)
                .containsEntry("dropPath", 0.2)
                .containsEntry("cutout", 16)
                .containsEntry("labelSmoothing", 0.0)
                .hasSize(13);
        var selection = Presets.of("darts-cifar10-selection").values();
        assertThat(selection).containsEntry("epochs", 100);
        assertThat(selection.keySet()).isEqualTo(evaluation.keySet());
        assertThat(selection.entrySet())
                .filteredOn(value -> !evaluation.entrySet().contains(value))
                .hasSize(1);
    }

    @Test
    void shouldHoldThePapersTrainingOnImageNet() {
        assertThat(Presets.of("darts-imagenet-mobile").values())
                .containsEntry("cells", 14)
                .containsEntry("channels", 48)
                .containsEntry("epochs", 250)
                .containsEntry("batchSize", 128)
                .containsEntry("resolution", 224)
                .containsEntry("learningRate", 0.1)
                .containsEntry("learningRateDecay", 0.97)
                .containsEntry("momentum", 0.9)
                .containsEntry("weightDecay", 3e-5)
                .containsEntry("gradientClip", 5.0)
                .containsEntry("auxiliaryWeight", 0.4)
                .containsEntry("dropPath", 0.0)
                .containsEntry("labelSmoothing", 0.1)
                .hasSize(13);
    }

    @Test
    void shouldNameTheKnownOnesWhereANameIsUnknownOrOfAnotherKind() {
        assertThat(Presets.all()).extracting(Preset::name).doesNotHaveDuplicates();
        assertThatThrownBy(() -> Presets.of("enas"))
                .hasMessage("unknown preset 'enas'; known are darts-cifar10-first-order, darts-cifar10-second-order,"
                        + " darts-cifar10-selection, darts-cifar10-evaluation, darts-imagenet-mobile");
        assertThatThrownBy(() -> Presets.of(Recipe.RETRAINING, "darts-imagenet-mobile"))
                .hasMessage("preset 'darts-imagenet-mobile' is no recipe for a retraining; those are"
                        + " darts-cifar10-selection, darts-cifar10-evaluation");
    }
}
