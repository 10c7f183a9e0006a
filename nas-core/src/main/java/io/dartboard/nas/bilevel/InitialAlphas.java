package io.dartboard.nas.bilevel;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.Alphas;
import java.util.random.RandomGenerator;

/** What the alphas of a search start as. */
@FunctionalInterface
public interface InitialAlphas {
    /** Near uniform mixing, at random: DARTS (arXiv 1806.09055), the authors' code. */
    InitialAlphas NORMAL = Alphas::initial;

    /** All 0: FairDARTS (arXiv 1911.12126), the authors' code. */
    InitialAlphas ZERO = new Zero();

    /**
     * The alphas before the first step.
     *
     * @param random of the seed of the search
     */
    Alphas draw(AlphaLayout layout, RandomGenerator random);

    /** See {@link #ZERO}. */
    record Zero() implements InitialAlphas {
        @Override
        public Alphas draw(AlphaLayout layout, RandomGenerator random) {
            return Alphas.of(layout, new float[layout.size()]);
        }
    }
}
