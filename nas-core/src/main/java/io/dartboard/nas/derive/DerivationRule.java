package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.alpha.Softmax;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.RecurrentSpace;
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
        return of(space, new Softmax());
    }

    /** The rule of DARTS for a space: here alone it is decided which rule reads which space. */
    static DerivationRule of(SearchSpace space, Relaxation relaxation) {
        return space instanceof RecurrentSpace recurrent
                ? new StrongestPredecessor(recurrent, relaxation)
                : new TopTwo((CnnSpace) space, relaxation);
    }
}
