package io.dartboard.nas.preset;

import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.train.RetrainConfig;
import io.dartboard.nas.optim.AdamSettings;

/**
 * The space of NAS-Bench-201 at a size for two cores: one cell in each of three stages, half of the channels. In so few epochs
 * the alphas need longer steps than in fifty.
 */
final class SmallNasBench201 {
    static final SearchConfig SEARCH = new SearchConfig(
            8, 5, 10, 64, 0.5, 0.025, 0.001, 0.9, 5e-4, 5, new AdamSettings(3e-3, 0.5, 0.999, 1e-3), 0, 0);

    static final RetrainConfig RETRAINING = new RetrainConfig(8, 5, 5, 64, 0.05, 0, 0.9, 5e-4, 5, 0, 0, 0, 0, 0);

    private SmallNasBench201() {}
}
