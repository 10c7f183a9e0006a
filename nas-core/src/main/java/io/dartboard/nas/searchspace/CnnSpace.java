package io.dartboard.nas.searchspace;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A space of convolutional networks built from a normal and a reduction cell of one shape. Every edge chooses among the
 * same candidates.
 *
 * @param id stable name
 * @param candidates operations of an edge; their order is the column order of an alpha matrix
 * @param cell graph of both cells
 */
public record CnnSpace(String id, List<Primitive> candidates, CellShape cell) implements ConvolutionalSpace {
    /** Cells that a cell reads: the two before it. */
    public static final int INPUTS = 2;

    /** Edges that a node of a derived cell keeps. */
    public static final int OPERANDS = 2;

    private static final int SMALLEST = 3;

    /** The space of DARTS (arXiv 1806.09055), section 3.1: 8 candidates, 2 inputs, 4 nodes, 14 edges. */
    public static final CnnSpace DARTS = new CnnSpace(
            "darts-cnn",
            List.of(
                    Primitive.NONE,
                    Primitive.MAX_POOL_3X3,
                    Primitive.AVG_POOL_3X3,
                    Primitive.SKIP_CONNECT,
                    Primitive.SEP_CONV_3X3,
                    Primitive.SEP_CONV_5X5,
                    Primitive.DIL_CONV_3X3,
                    Primitive.DIL_CONV_5X5),
            new CellShape(INPUTS, 4));

    /** The space of FairDARTS (Chu et al., arXiv 1911.12126), section 4: that of DARTS without {@code none}. */
    public static final CnnSpace FAIR_DARTS = new CnnSpace(
            "fairdarts-cnn",
            DARTS.candidates().stream().filter(CnnSpace::mayBeDerived).toList(),
            DARTS.cell());

    /**
     * Space S3 of RobustDARTS (Zela et al., arXiv 1909.09656), section 3: so few candidates that a search collapses to skip
     * connections within its fifty epochs. It is there to see whether a method or a guard notices.
     */
    public static final CnnSpace ROBUST_S3 = new CnnSpace(
            "robust-darts-s3",
            List.of(Primitive.NONE, Primitive.SKIP_CONNECT, Primitive.SEP_CONV_3X3),
            new CellShape(INPUTS, 4));

    public CnnSpace {
        candidates = List.copyOf(candidates);
        if (cell.inputs() != INPUTS) {
            throw new IllegalArgumentException(
                    "cells of space '%s' must have %d inputs (had %d)".formatted(id, INPUTS, cell.inputs()));
        }
        if (candidates.stream().allMatch(candidate -> !mayBeDerived(candidate))) {
            throw new IllegalArgumentException("space '%s' needs at least one candidate besides none".formatted(id));
        }
        if (Set.copyOf(candidates).size() != candidates.size()) {
            throw new IllegalArgumentException("space '%s' names a candidate twice: %s".formatted(id, candidates));
        }
    }

    /** The candidates a derived cell may hold, in order. */
    public List<Primitive> operations() {
        return candidates.stream().filter(CnnSpace::mayBeDerived).toList();
    }

    /** Whether a derived cell may hold an operation: all but {@code none}. */
    public static boolean mayBeDerived(Primitive operation) {
        return !operation.equals(Primitive.NONE);
    }

    @Override
    public List<String> cells() {
        return Stream.of(CellKind.values()).map(CellKind::publishedName).toList();
    }

    @Override
    public void requireCells(int cells) {
        if (cells < SMALLEST) {
            throw new IllegalArgumentException(
                    "cells must be at least %d so that a normal cell exists to be searched (was %d)"
                            .formatted(SMALLEST, cells));
        }
    }

    @Override
    public String prefix(Edge edge) {
        return "_ops.%d._ops.".formatted(edge.index());
    }
}
