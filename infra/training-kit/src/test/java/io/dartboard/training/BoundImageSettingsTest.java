package io.dartboard.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.train.RetrainConfig;
import io.dartboard.nas.image.train.TransferConfig;
import io.dartboard.nas.optim.AdamSettings;
import org.junit.jupiter.api.Test;

/** No two values are equal, so that one in another's place shows. */
class BoundImageSettingsTest {
    @Test
    void shouldSearchWithEachSettingInItsPlace() {
        var settings = SearchSettings.newBuilder()
                .setSpace("darts-cnn")
                .setMethod("darts-first-order")
                .setCells(8)
                .setChannels(16)
                .setEpochs(50)
                .setBatchSize(64)
                .setTrainPortion(0.6)
                .setLearningRate(0.025)
                .setLearningRateMin(0.001)
                .setMomentum(0.9)
                .setWeightDecay(3e-4)
                .setGradientClip(5)
                .setAlphaLearningRate(6e-4)
                .setAlphaBeta1(0.5)
                .setAlphaBeta2(0.999)
                .setAlphaWeightDecay(2e-3)
                .setCutout(12)
                .setLearningRateWarmup(3)
                .build();

        assertThat(BoundSettings.ofImages(settings, SearchConfig.class))
                .isEqualTo(new SearchConfig(
                        16,
                        8,
                        50,
                        64,
                        0.6,
                        0.025,
                        0.001,
                        0.9,
                        3e-4,
                        5,
                        new AdamSettings(6e-4, 0.5, 0.999, 2e-3),
                        12,
                        3));
    }

    @Test
    void shouldRetrainWithEachSettingInItsPlace() {
        assertThat(BoundSettings.ofImages(retraining().build(), RetrainConfig.class))
                .isEqualTo(new RetrainConfig(36, 20, 600, 96, 0.025, 0.001, 0.9, 3e-4, 5, 0.4, 0.2, 16, 0.1, 4));
    }

    @Test
    void shouldTransferWithEachSettingInItsPlace() {
        var settings = TransferSettings.newBuilder()
                .setDataset("scenes")
                .setCells(14)
                .setChannels(48)
                .setEpochs(250)
                .setBatchSize(128)
                .setResolution(224)
                .setLearningRate(0.05)
                .setLearningRateDecay(0.97)
                .setMomentum(0.9)
                .setWeightDecay(3e-5)
                .setGradientClip(5)
                .setAuxiliaryWeight(0.4)
                .setDropPath(0.2)
                .setLabelSmoothing(0.1)
                .setLearningRateWarmup(5)
                .build();

        assertThat(BoundSettings.ofImages(settings, TransferConfig.class))
                .isEqualTo(new TransferConfig(48, 14, 250, 128, 0.05, 0.97, 0.9, 3e-5, 5, 0.4, 0.2, 0.1, 224, 5));
    }

    @Test
    void shouldSayWhatIsImpossible() {
        assertThatThrownBy(() -> BoundSettings.ofImages(retraining().setCells(0).build(), RetrainConfig.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cells must be at least 1");
    }

    @Test
    void shouldRefuseWhatOnlyTextsHaveSinceNothingWouldReadIt() {
        var recurrent = new RecurrentTrainSettings(850, 35, 0.1, 0.2, 0.75, 0.25, 0.7, 0.02, 1e-3, 5);
        var settings = retraining().setRecurrent(recurrent).build();
        assertThatThrownBy(() -> BoundSettings.ofImages(settings, RetrainConfig.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("recurrent is for texts; start from a preset for images");
    }

    private static RetrainSettings.Builder retraining() {
        return RetrainSettings.newBuilder()
                .setCells(20)
                .setChannels(36)
                .setEpochs(600)
                .setBatchSize(96)
                .setLearningRate(0.025)
                .setLearningRateMin(0.001)
                .setMomentum(0.9)
                .setWeightDecay(3e-4)
                .setGradientClip(5)
                .setAuxiliaryWeight(0.4)
                .setDropPath(0.2)
                .setCutout(16)
                .setLabelSmoothing(0.1)
                .setLearningRateWarmup(4);
    }
}
