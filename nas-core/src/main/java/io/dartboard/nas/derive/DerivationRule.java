package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.alpha.Softmax;
import io.dartboard.nas.searchspace.SearchSpace;

/** A published way to read a discrete architecture off architecture parameters. One class per rule. */
public interface DerivationRule {

    /**
     * What these parameters say.
     *
     * @throws IllegalArgumentException if their shape is not that of the rule's space
     */
    Derivation derive(Alphas alphas);

    /** The space whose parameters the rule reads. */
    SearchSpace space();

    /** How the search that the parameters come from was relaxed. */
    Relaxation relaxation();

    /** The rule of DARTS for a space, after a search that was relaxed by a softmax. */
    static DerivationRule of(SearchSpace space) {
        return Discretization.STRONGEST.rule(space, new Softmax());
    }
}
