package io.dartboard.training;

import io.dartboard.events.RecurrentSearchSettings;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.evaluate.recurrent.RecurrentTrainConfig;
import io.dartboard.nas.ops.recurrent.Dropouts;
import io.dartboard.nas.ops.recurrent.LanguageLoss;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.search.recurrent.RecurrentSearchConfig;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a run on a text, as the records that nas-core trains with. Each method throws
 * {@link IllegalArgumentException} with one line, if the settings are impossible or are those of images.
 */
public final class TextConfigs {
    private TextConfigs() {}

    /** What a search is trained with. */
    public static RecurrentSearchConfig of(SearchSettings settings) {
        var text = required(settings.getRecurrent());
        return new RecurrentSearchConfig(
                text.getWidth(),
                settings.getEpochs(),
                settings.getBatchSize(),
                text.getBptt(),
                settings.getLearningRate(),
                settings.getWeightDecay(),
                settings.getGradientClip(),
                dropouts(text),
                new LanguageLoss(text.getActivationPenalty(), text.getTemporalPenalty()),
                new AdamSettings(
                        settings.getAlphaLearningRate(),
                        settings.getAlphaBeta1(),
                        settings.getAlphaBeta2(),
                        settings.getAlphaWeightDecay()));
    }

    /** What a retraining is trained with. */
    public static RecurrentTrainConfig of(RetrainSettings settings) {
        return training(
                settings.getEpochs(),
                settings.getBatchSize(),
                settings.getLearningRate(),
                settings.getWeightDecay(),
                settings.getGradientClip(),
                required(settings.getRecurrent()));
    }

    /** What a transfer is trained with. */
    public static RecurrentTrainConfig of(TransferSettings settings) {
        return training(
                settings.getEpochs(),
                settings.getBatchSize(),
                settings.getLearningRate(),
                settings.getWeightDecay(),
                settings.getGradientClip(),
                required(settings.getRecurrent()));
    }

    private static RecurrentTrainConfig training(
            int epochs,
            int batchSize,
            double learningRate,
            double weightDecay,
            double gradientClip,
            RecurrentTrainSettings text) {
        return new RecurrentTrainConfig(
                text.getWidth(),
                epochs,
                batchSize,
                text.getBptt(),
                learningRate,
                weightDecay,
                gradientClip,
                new Dropouts(
                        text.getDropoutWords(),
                        text.getDropoutInputs(),
                        text.getDropoutCellInputs(),
                        text.getDropoutHidden(),
                        text.getDropoutOutputs()),
                new LanguageLoss(text.getActivationPenalty(), text.getTemporalPenalty()),
                text.getPatience());
    }

    private static Dropouts dropouts(RecurrentSearchSettings text) {
        return new Dropouts(
                text.getDropoutWords(),
                text.getDropoutInputs(),
                text.getDropoutCellInputs(),
                text.getDropoutHidden(),
                text.getDropoutOutputs());
    }

    private static <R> R required(@Nullable R text) {
        if (text == null) {
            throw new IllegalArgumentException("recurrent is missing; start from a preset for texts");
        }
        return text;
    }
}
