package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.RecurrentSpace;

/**
 * Each node keeps its two strongest edges, where the weight of an edge among those into its node counts, too: PC-DARTS (Xu et al.,
 * arXiv 1907.05737), section 3.3.
 */
public record EdgeWeighted() implements Discretization {
    static final String ID = "edge-weighted";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean readsEdges() {
        return true;
    }

    @Override
    public DerivationRule rule(CnnSpace space, Relaxation relaxation) {
        return new EdgeWeightedTopTwo(space, relaxation);
    }

    @Override
    public DerivationRule rule(NasBench201Space space, Relaxation relaxation) {
        return new StrongestOnEdge(space, relaxation, true);
    }

    @Override
    public DerivationRule rule(RecurrentSpace space, Relaxation relaxation) {
        throw new IllegalArgumentException(
                "derivation %s cannot read cells of space '%s': the edges of a recurrent cell have no weights of their own"
                        .formatted(ID, space.id()));
    }
}
