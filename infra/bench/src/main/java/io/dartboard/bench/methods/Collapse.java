package io.dartboard.bench.methods;

import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.genotype.DistributedGenotype;
import io.dartboard.nas.genotype.Gene;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.searchspace.Primitive;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What of an architecture has no weights.
 *
 * @param operations of its normal cells, {@code none} among them; of all that were searched each in its own place
 * @param skips those that are skip connections
 * @param parameterFree those that have no weights, skip connections among them
 */
record Collapse(int operations, int skips, int parameterFree) {
    static Collapse of(Architecture architecture) {
        List<Primitive> operations = operations(architecture);
        return new Collapse(
                operations.size(),
                (int) operations.stream().filter(Primitive.SKIP_CONNECT::equals).count(),
                (int) operations.stream().filter(Primitive::parameterFree).count());
    }

    private static List<Primitive> operations(Architecture architecture) {
        if (architecture instanceof Genotype pair) {
            return operations(List.of(pair.normal()));
        }
        if (architecture instanceof DistributedGenotype distributed) {
            return operations(IntStream.range(0, distributed.cells().size())
                    .filter(place -> !distributed.reductions().contains(place))
                    .mapToObj(distributed.cells()::get)
                    .toList());
        }
        if (architecture instanceof NasBench201Genotype cell) {
            return cell.operations();
        }
        throw new IllegalArgumentException("no yardstick has such cells: " + architecture);
    }

    private static List<Primitive> operations(List<CellGenotype> cells) {
        return cells.stream()
                .flatMap(cell -> cell.genes().stream())
                .map(Gene::op)
                .toList();
    }

    /** Whether nothing of it has weights. */
    boolean complete() {
        return parameterFree == operations;
    }

    /** Whether it is nothing but skip connections. */
    boolean skipsAll() {
        return skips == operations;
    }
}
