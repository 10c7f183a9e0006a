package io.dartboard.nas.derive;

import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.searchspace.Primitive;
import java.util.List;

/**
 * Skip connections of a cell as it is derived.
 *
 * @param count how many
 * @param share of the cell's operations, from 0 to 1
 */
record Skips(int count, double share) {

    /** The worst of some cells, of each figure. */
    static Skips most(List<CellGenotype> cells) {
        return new Skips(
                cells.stream().mapToInt(Skips::count).max().orElse(0),
                cells.stream()
                        .mapToDouble(cell -> (double) count(cell) / cell.genes().size())
                        .max()
                        .orElse(0));
    }

    private static int count(CellGenotype cell) {
        return cell.count(Primitive.SKIP_CONNECT);
    }
}
