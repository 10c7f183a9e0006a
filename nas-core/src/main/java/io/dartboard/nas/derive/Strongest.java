package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.RecurrentSpace;

/**
 * Each node keeps its strongest edges: two of a convolutional cell ({@link TopTwo}), one of a recurrent cell
 * ({@link StrongestPredecessor}); DARTS (arXiv 1806.09055), section 2.4. Of a cell of NAS-Bench-201 it keeps all
 * ({@link StrongestOnEdge}).
 */
record Strongest() implements Discretization {
    static final String ID = "strongest";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public DerivationRule rule(CnnSpace space, Relaxation relaxation) {
        return new TopTwo(space, relaxation);
    }

    @Override
    public DerivationRule rule(NasBench201Space space, Relaxation relaxation) {
        return new StrongestOnEdge(space, relaxation, false);
    }

    @Override
    public DerivationRule rule(RecurrentSpace space, Relaxation relaxation) {
        return new StrongestPredecessor(space, relaxation);
    }
}
