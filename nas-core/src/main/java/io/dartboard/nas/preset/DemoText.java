package io.dartboard.nas.preset;

import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.text.ops.Dropouts;
import io.dartboard.nas.text.ops.LanguageLoss;
import io.dartboard.nas.text.search.RecurrentSearchConfig;
import io.dartboard.nas.text.train.RecurrentTrainConfig;

/**
 * The settings of the demonstration on text: a made corpus of about twenty thousand words, two cores, minutes. The network
 * is narrow, so it needs no dropout, and a step of the authors' size would throw it.
 */
final class DemoText {
    private static final LanguageLoss PENALTIES = new LanguageLoss(0, 1e-3);

    static final RecurrentSearchConfig SEARCH = new RecurrentSearchConfig(
            32, 3, 32, 20, 10, 5e-7, 0.25, Dropouts.NONE, PENALTIES, new AdamSettings(3e-2, 0.9, 0.999, 1e-3));

    static final RecurrentTrainConfig RETRAINING =
            new RecurrentTrainConfig(48, 4, 16, 20, 10, 8e-7, 0.25, Dropouts.NONE, PENALTIES, 5);

    private DemoText() {}
}
