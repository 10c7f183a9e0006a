package io.dartboard.training;

import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.train.RetrainConfig;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.transfer.TransferConfig;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a run on images, as the records that nas-core trains with. Each method throws
 * {@link IllegalArgumentException} with one line, if the settings are impossible or have those of texts.
 */
public final class ImageConfigs {
    /** Share of the images on which the selection trains; the other part judges, as in the search itself. */
    public static final double SELECTION_PORTION = 0.5;

    private ImageConfigs() {}

    /** What a search is trained with. */
    public static SearchConfig of(SearchSettings settings) {
        refuseOfTexts(settings.getRecurrent());
        return new SearchConfig(
                settings.getChannels(),
                settings.getCells(),
                settings.getEpochs(),
                settings.getBatchSize(),
                settings.getTrainPortion(),
                settings.getLearningRate(),
                settings.getLearningRateMin(),
                settings.getMomentum(),
                settings.getWeightDecay(),
                settings.getGradientClip(),
                new AdamSettings(
                        settings.getAlphaLearningRate(),
                        settings.getAlphaBeta1(),
                        settings.getAlphaBeta2(),
                        settings.getAlphaWeightDecay()),
                settings.getCutout());
    }

    /** What a retraining is trained with. */
    public static RetrainConfig of(RetrainSettings settings) {
        refuseOfTexts(settings.getRecurrent());
        return new RetrainConfig(
                settings.getChannels(),
                settings.getCells(),
                settings.getEpochs(),
                settings.getBatchSize(),
                settings.getLearningRate(),
                settings.getLearningRateMin(),
                settings.getMomentum(),
                settings.getWeightDecay(),
                settings.getGradientClip(),
                settings.getAuxiliaryWeight(),
                settings.getDropPath(),
                settings.getCutout(),
                settings.getLabelSmoothing());
    }

    /** What a transfer to photographs is trained with. */
    public static TransferConfig of(TransferSettings settings) {
        refuseOfTexts(settings.getRecurrent());
        return new TransferConfig(
                settings.getChannels(),
                settings.getCells(),
                settings.getEpochs(),
                settings.getBatchSize(),
                settings.getLearningRate(),
                settings.getLearningRateDecay(),
                settings.getMomentum(),
                settings.getWeightDecay(),
                settings.getGradientClip(),
                settings.getAuxiliaryWeight(),
                settings.getDropPath(),
                settings.getLabelSmoothing(),
                settings.getResolution());
    }

    private static void refuseOfTexts(@Nullable SpecificRecord recurrent) {
        if (recurrent != null) {
            throw new IllegalArgumentException("recurrent is for texts; start from a preset for images");
        }
    }
}
