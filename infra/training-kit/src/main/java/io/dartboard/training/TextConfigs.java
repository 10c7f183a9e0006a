package io.dartboard.training;

import io.dartboard.events.RecurrentSearchSettings;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.ops.recurrent.Dropouts;
import io.dartboard.nas.ops.recurrent.LanguageLoss;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.text.search.RecurrentSearchConfig;
import io.dartboard.nas.text.train.RecurrentTrainConfig;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a run on a text, as the records that nas-core trains with. Each method throws
 * {@link IllegalArgumentException} with one line, if the settings are impossible or are those of images.
 */
public final class TextConfigs {
    private static final Set<String> OF_IMAGES = Set.of(
            "channels",
            "cells",
            "images",
            "resolution",
            "trainPortion",
            "learningRateMin",
            "learningRateDecay",
            "momentum",
            "auxiliaryWeight",
            "dropPath",
            "cutout",
            "labelSmoothing");

    private TextConfigs() {}

    /** What a search is trained with. */
    public static RecurrentSearchConfig of(SearchSettings settings) {
        var text = ofText(settings, settings.getRecurrent());
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
                ofText(settings, settings.getRecurrent()));
    }

    /** What a transfer is trained with. */
    public static RecurrentTrainConfig of(TransferSettings settings) {
        return training(
                settings.getEpochs(),
                settings.getBatchSize(),
                settings.getLearningRate(),
                settings.getWeightDecay(),
                settings.getGradientClip(),
                ofText(settings, settings.getRecurrent()));
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

    /** The part that only texts have, where the others are not those of images: a setting that nothing reads misleads. */
    private static <R> R ofText(SpecificRecord settings, @Nullable R recurrent) {
        if (recurrent == null) {
            throw new IllegalArgumentException("recurrent is missing; start from a preset for texts");
        }
        for (var field : settings.getSchema().getFields()) {
            if (OF_IMAGES.contains(field.name())
                    && settings.get(field.pos()) instanceof Number value
                    && value.doubleValue() != 0) {
                throw new IllegalArgumentException("%s is for images: it must be 0 in the settings of a text (was %s)"
                        .formatted(field.name(), value));
            }
        }
        return recurrent;
    }
}
