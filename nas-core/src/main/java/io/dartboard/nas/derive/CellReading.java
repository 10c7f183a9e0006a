package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.genotype.DistributedGenotype;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.StackedCells;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.CellSequence;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Reads an architecture cell by cell: a pair of cells off alphas that all cells of a kind share, and off alphas of each cell
 * ({@link AlphaSharing#BY_CELL}) a cell for each place, with reductions where the supernet has them.
 */
final class CellReading {
    private CellReading() {}

    /**
     * What some alphas say.
     *
     * @param rule makes a cell of its alphas
     * @throws IllegalArgumentException if the alphas are those of no supernet of the space
     */
    static Derivation derive(
            CnnSpace space, Relaxation relaxation, Function<AlphaMatrix, CellGenotype> rule, Alphas alphas) {
        if (!alphas.groups().containsKey(AlphaSharing.cell(0))) {
            alphas.require(AlphaLayout.sharedByKind(space));
            return ofKinds(space, relaxation, kind -> rule.apply(alphas.of(kind)), alphas);
        }
        // Only where a space repeats no cell are there as many as groups.
        int cells = space.sequence()
                .map(CellSequence::places)
                .orElse(alphas.groups().size());
        alphas.require(AlphaSharing.BY_CELL.layout(space, cells));
        NetworkShape shape = space.shape(2, cells, 2);
        List<CellGenotype> read = new ArrayList<>();
        List<AlphaMatrix> normal = new ArrayList<>();
        List<AlphaMatrix> reduce = new ArrayList<>();
        for (int place = 0; place < cells; place++) {
            AlphaMatrix matrix = alphas.of(AlphaSharing.BY_CELL.group(space, shape.kindOf(place), place));
            read.add(rule.apply(matrix));
            (shape.reducesAt(place) ? reduce : normal).add(matrix);
        }
        return told(space, relaxation, new DistributedGenotype(read, shape.reductions()), normal, reduce);
    }

    /**
     * A cell of each kind: a pair, or, in a space with a sequence, as many as that has.
     *
     * @param cell makes the cell of a kind
     * @param alphas those of the candidates of a kind among them
     */
    static Derivation ofKinds(
            CnnSpace space, Relaxation relaxation, Function<CellKind, CellGenotype> cell, Alphas alphas) {
        Map<CellKind, CellGenotype> read = new EnumMap<>(CellKind.class);
        Map<CellKind, List<AlphaMatrix>> matrices = new EnumMap<>(CellKind.class);
        for (CellKind kind : CellKind.values()) {
            boolean exists = space.cells().contains(kind.publishedName());
            matrices.put(kind, exists ? List.of(alphas.of(kind)) : List.of());
            if (exists) {
                read.put(kind, cell.apply(kind));
            }
        }
        return told(
                space,
                relaxation,
                space.sequence()
                        .<StackedCells>map(sequence -> inTurn(space, sequence, read))
                        .orElseGet(() -> new Genotype(
                                Objects.requireNonNull(read.get(CellKind.NORMAL)),
                                Objects.requireNonNull(read.get(CellKind.REDUCE)))),
                matrices.getOrDefault(CellKind.NORMAL, List.of()),
                matrices.getOrDefault(CellKind.REDUCE, List.of()));
    }

    private static DistributedGenotype inTurn(
            CnnSpace space, CellSequence sequence, Map<CellKind, CellGenotype> cells) {
        NetworkShape shape = space.shape(2, sequence.places(), 2);
        return new DistributedGenotype(
                IntStream.range(0, sequence.places())
                        .mapToObj(place -> Objects.requireNonNull(cells.get(shape.kindOf(place))))
                        .toList(),
                sequence.reductions());
    }

    private static Derivation told(
            CnnSpace space,
            Relaxation relaxation,
            StackedCells architecture,
            List<AlphaMatrix> normal,
            List<AlphaMatrix> reduce) {
        return new Derivation(
                architecture,
                Optional.of(CollapseIndicators.of(
                        space, relaxation, Skips.most(normalCells(architecture)), normal, reduce)));
    }

    private static List<CellGenotype> normalCells(StackedCells architecture) {
        if (architecture instanceof DistributedGenotype distributed) {
            return IntStream.range(0, distributed.cells().size())
                    .filter(place -> !distributed.reductions().contains(place))
                    .mapToObj(distributed.cells()::get)
                    .toList();
        }
        return List.of(architecture.cell(new NetworkShape(2, 3, 2), 0));
    }
}
