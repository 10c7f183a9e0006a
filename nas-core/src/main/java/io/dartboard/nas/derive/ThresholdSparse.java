package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.RecurrentSpace;

/**
 * A node keeps the strongest operation of each of its two strongest edges, as that of DARTS does, if its weight reaches a
 * threshold: {@code threshold_sparse} in the authors' code of FairDARTS (Chu et al., arXiv 1911.12126), section 3.3.
 *
 * @param threshold in (0, 1); the authors use 0.85
 */
public record ThresholdSparse(double threshold) implements Discretization {
    static final String ID = "threshold-sparse";

    public ThresholdSparse {
        ThresholdRule.require(threshold);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public DerivationRule rule(CnnSpace space, Relaxation relaxation) {
        return new ThresholdRule(space, relaxation, threshold, ThresholdRule.Kept.TWO_EDGES);
    }

    @Override
    public DerivationRule rule(NasBench201Space space, Relaxation relaxation) {
        throw ThresholdRule.keepsAnyNumber(space, ID);
    }

    @Override
    public DerivationRule rule(RecurrentSpace space, Relaxation relaxation) {
        throw ThresholdRule.lacksNoNode(space, ID);
    }
}
