package io.dartboard.nas.bilevel;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What the alphas of a search start as. */
@FunctionalInterface
public interface InitialAlphas {
    /** Near uniform mixing, at random: DARTS (arXiv 1806.09055), the authors' code. */
    InitialAlphas NORMAL = (space, layout, random) -> Alphas.initial(layout, random);

    /** All 0: FairDARTS (arXiv 1911.12126), the authors' code. */
    InitialAlphas ZERO = new Zero();

    /**
     * The alphas before the first step.
     *
     * @param layout of alphas of the space
     * @param random of the seed of the search
     */
    Alphas draw(SearchSpace space, AlphaLayout layout, RandomGenerator random);

    /** Whether it is a network that people have designed. */
    default boolean beginsWithANetwork() {
        return false;
    }

    /** Why a search in a space cannot start so; empty if it can. */
    default Optional<String> unfit(SearchSpace space) {
        return Optional.empty();
    }

    /** See {@link #ZERO}. */
    record Zero() implements InitialAlphas {
        @Override
        public Alphas draw(SearchSpace space, AlphaLayout layout, RandomGenerator random) {
            return Alphas.of(layout, new float[layout.size()]);
        }
    }
}
