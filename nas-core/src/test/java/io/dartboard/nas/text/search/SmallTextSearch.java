package io.dartboard.nas.text.search;

import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.text.ops.Dropouts;
import io.dartboard.nas.text.ops.LanguageLoss;

/** The settings of a search for a recurrent cell that takes a moment, with everything on that a search can have. */
public final class SmallTextSearch {
    private SmallTextSearch() {}

    /** Eight hidden units, ten words a step. */
    public static RecurrentSearchConfig of(int epochs, int batchSize) {
        return new RecurrentSearchConfig(
                8,
                epochs,
                batchSize,
                10,
                10,
                5e-7,
                0.25,
                new Dropouts(0.1, 0.1, 0.1, 0.1, 0.1),
                new LanguageLoss(0.1, 1e-3),
                new AdamSettings(3e-3, 0.9, 0.999, 1e-3));
    }
}
