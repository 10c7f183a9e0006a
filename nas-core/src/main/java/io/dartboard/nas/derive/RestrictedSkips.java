package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.setting.Checks;
import java.util.OptionalInt;

/**
 * Each node keeps its strongest edges, as that of DARTS does, but the normal cell has few skip connections: as long as it has more,
 * the weakest of them weighs nothing, and the cell is read anew. How many there are decides much of how well a cell does, whatever
 * they replace.
 *
 * <p>Source: Chen et al. (P-DARTS, arXiv 1904.12760), its search space regularization, and the authors' code.
 *
 * @param mostSkips that a normal cell has; the authors have 2
 */
public record RestrictedSkips(int mostSkips) implements Discretization {
    static final String ID = "restricted-skips";

    public RestrictedSkips {
        Checks.atLeast("mostSkips", mostSkips, 0, "(0 leaves none)");
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public OptionalInt mostNormalSkips() {
        return OptionalInt.of(mostSkips);
    }

    @Override
    public DerivationRule rule(CnnSpace space, Relaxation relaxation) {
        return new RestrictedTopTwo(space, relaxation, mostSkips);
    }

    @Override
    public DerivationRule rule(NasBench201Space space, Relaxation relaxation) {
        return new RestrictedOnEdge(space, relaxation, mostSkips);
    }

    @Override
    public DerivationRule rule(RecurrentSpace space, Relaxation relaxation) {
        throw new IllegalArgumentException(
                "derivation %s cannot read cells of space '%s': a recurrent cell has no skip connections to be counted"
                        .formatted(ID, space.id()));
    }
}
