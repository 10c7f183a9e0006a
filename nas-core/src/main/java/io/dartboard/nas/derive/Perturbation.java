package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.setting.Checks;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A cell keeps what its supernet misses most, whatever the alphas say: edge by edge, and then node by node, a search decides by
 * what its accuracy loses without a candidate or an edge, and is tuned between any two of these decisions. What has been decided
 * is a {@link Projection}; of what has not been, that which is strongest stands in.
 *
 * <p>Source: Wang et al., <i>Rethinking Architecture Selection in Differentiable NAS</i> (DARTS-PT, arXiv 2108.04392), algorithm
 * 1.
 *
 * @param tuneEpochs epochs of the search between two decisions; the authors use 5
 */
public record Perturbation(int tuneEpochs) implements Discretization {
    static final String ID = "perturbation";

    /** That of the authors; how long a supernet was tuned is nothing that the rule asks. */
    static final Perturbation PUBLISHED = new Perturbation(5);

    public Perturbation {
        Checks.atLeast("tuneEpochs", tuneEpochs, 1, "so that a supernet recovers from a decision before the next");
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public OptionalInt tunedFor() {
        return OptionalInt.of(tuneEpochs);
    }

    @Override
    public Optional<String> unfitToEndEarly() {
        return Optional.of(
                "what it keeps is decided in its last epochs, one edge after another, and before them nothing is");
    }

    @Override
    public DerivationRule rule(CnnSpace space, Relaxation relaxation) {
        return STRONGEST.rule(space, relaxation);
    }

    @Override
    public DerivationRule rule(NasBench201Space space, Relaxation relaxation) {
        return STRONGEST.rule(space, relaxation);
    }

    @Override
    public DerivationRule rule(RecurrentSpace space, Relaxation relaxation) {
        return STRONGEST.rule(space, relaxation);
    }
}
