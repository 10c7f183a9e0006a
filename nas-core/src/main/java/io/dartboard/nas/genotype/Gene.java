package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Primitive;

/**
 * One operand of a node: an operation applied to an earlier state.
 *
 * @param op operation; never {@code none}, because an edge that yields zero is an edge that is absent
 * @param from state it reads: 0 and 1 are the outputs of the two cells before, {@code 2 + i} is node {@code i}
 */
public record Gene(Primitive op, int from) {
    public Gene {
        if (!CnnSpace.mayBeDerived(op)) {
            throw new IllegalArgumentException(
                    "a gene cannot be none: the authors' derivation passes none over; give the strongest operation beside it, or, in FairDARTS' notation (operation, node, state), leave the gene out");
        }
        if (from < 0) {
            throw new IllegalArgumentException("a gene reads from state 0 or later (was %d)".formatted(from));
        }
    }
}
