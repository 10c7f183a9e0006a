package io.dartboard.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.RecurrentSearchSettings;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.text.ops.Dropouts;
import io.dartboard.nas.text.ops.LanguageLoss;
import io.dartboard.nas.text.search.RecurrentSearchConfig;
import io.dartboard.nas.text.train.RecurrentTrainConfig;
import org.junit.jupiter.api.Test;

/** No two values are equal, so that one in another's place shows. */
class BoundTextSettingsTest {
    private static final Dropouts DROPOUTS = new Dropouts(0.1, 0.2, 0.75, 0.25, 0.7);
    private static final LanguageLoss PENALTIES = new LanguageLoss(0.02, 1e-3);

    @Test
    void shouldSearchWithEachSettingInItsPlace() {
        var settings = SearchSettings.newBuilder()
                .setSpace("darts-rnn")
                .setMethod("darts-first-order")
                .setCells(0)
                .setChannels(0)
                .setEpochs(50)
                .setBatchSize(256)
                .setTrainPortion(0)
                .setLearningRate(20)
                .setLearningRateMin(0)
                .setMomentum(0)
                .setWeightDecay(5e-7)
                .setGradientClip(0.3)
                .setAlphaLearningRate(3e-3)
                .setAlphaBeta1(0.9)
                .setAlphaBeta2(0.999)
                .setAlphaWeightDecay(2e-3)
                .setRecurrent(new RecurrentSearchSettings(300, 35, 0.1, 0.2, 0.75, 0.25, 0.7, 0.02, 1e-3))
                .build();

        assertThat(BoundSettings.ofText(settings, RecurrentSearchConfig.class))
                .isEqualTo(new RecurrentSearchConfig(
                        300,
                        50,
                        256,
                        35,
                        20,
                        5e-7,
                        0.3,
                        DROPOUTS,
                        PENALTIES,
                        new AdamSettings(3e-3, 0.9, 0.999, 2e-3)));
    }

    @Test
    void shouldRetrainWithEachSettingInItsPlace() {
        assertThat(BoundSettings.ofText(retraining(recurrent()).build(), RecurrentTrainConfig.class))
                .isEqualTo(new RecurrentTrainConfig(850, 8000, 64, 35, 20, 8e-7, 0.3, DROPOUTS, PENALTIES, 5));
    }

    @Test
    void shouldTransferWithEachSettingInItsPlace() {
        var settings = TransferSettings.newBuilder()
                .setDataset("wiki")
                .setCells(0)
                .setChannels(0)
                .setEpochs(700)
                .setBatchSize(32)
                .setResolution(0)
                .setLearningRate(15)
                .setLearningRateDecay(0)
                .setMomentum(0)
                .setWeightDecay(5e-7)
                .setGradientClip(0.4)
                .setAuxiliaryWeight(0)
                .setDropPath(0)
                .setLabelSmoothing(0)
                .setRecurrent(recurrent())
                .build();

        assertThat(BoundSettings.ofText(settings, RecurrentTrainConfig.class))
                .isEqualTo(new RecurrentTrainConfig(850, 700, 32, 35, 15, 5e-7, 0.4, DROPOUTS, PENALTIES, 5));
    }

    @Test
    void shouldSayWhatIsImpossibleAndThatSettingsAreThoseOfImages() {
        var impatient = retraining(
                RecurrentTrainSettings.newBuilder(recurrent()).setPatience(0).build());
        assertThatThrownBy(() -> BoundSettings.ofText(impatient.build(), RecurrentTrainConfig.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("patience must be at least 1");
        assertThatThrownBy(
                        () -> BoundSettings.ofText(impatient.setRecurrent(null).build(), RecurrentTrainConfig.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("recurrent is missing; start from a preset for texts");
    }

    @Test
    void shouldRefuseWhatOnlyImagesHaveSinceNothingWouldReadIt() {
        var cut = retraining(recurrent()).setCutout(16).build();
        assertThatThrownBy(() -> BoundSettings.ofText(cut, RecurrentTrainConfig.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cutout is for images: it must be 0 in the settings of a text (was 16)");
        var some = retraining(recurrent()).setImages(100).build();
        assertThatThrownBy(() -> BoundSettings.ofText(some, RecurrentTrainConfig.class))
                .hasMessageStartingWith("images is for images");
    }

    private static RetrainSettings.Builder retraining(RecurrentTrainSettings recurrent) {
        return RetrainSettings.newBuilder()
                .setCells(0)
                .setChannels(0)
                .setEpochs(8000)
                .setBatchSize(64)
                .setLearningRate(20)
                .setLearningRateMin(0)
                .setMomentum(0)
                .setWeightDecay(8e-7)
                .setGradientClip(0.3)
                .setAuxiliaryWeight(0)
                .setDropPath(0)
                .setRecurrent(recurrent);
    }

    private static RecurrentTrainSettings recurrent() {
        return new RecurrentTrainSettings(850, 35, 0.1, 0.2, 0.75, 0.25, 0.7, 0.02, 1e-3, 5);
    }
}
