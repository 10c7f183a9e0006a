package io.dartboard.nas.searchspace;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A space of convolutional networks built of cells of one shape: from a normal and a reduction cell, or, around a network that
 * people have designed, in the sequence of that network's cells. Every edge chooses among the same candidates.
 *
 * @param id stable name
 * @param candidates operations of an edge; their order is the column order of an alpha matrix
 * @param cell graph of every cell
 * @param sequence the cells of the network around which the space lies; empty where a network of any depth has two cells
 */
public record CnnSpace(String id, List<Primitive> candidates, CellShape cell, Optional<CellSequence> sequence)
        implements ConvolutionalSpace {
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

    /** DARTOpti's around ResNet18 (He et al., arXiv 1512.03385): one cell, four times. */
    public static final CnnSpace DARTOPTI_RESNET18 =
            dartopti("ResNet18", 4, new CellSequence(List.of(0, 0, 0, 0), List.of(1, 2, 3)));

    /** DARTOpti's around ResNet50 (likewise): the first cell is the last, too. */
    public static final CnnSpace DARTOPTI_RESNET50 =
            dartopti("ResNet50", 6, new CellSequence(List.of(0, 1, 2, 0), List.of(1, 2, 3)));

    /** DARTOpti's around Xception (Chollet, arXiv 1610.02357): three cells at thirteen places. */
    public static final CnnSpace DARTOPTI_XCEPTION = dartopti(
            "Xception", 4, new CellSequence(List.of(0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 2), List.of(1, 2, 11, 12)));

    /** DARTOpti's around Inception-v4 (Szegedy et al., arXiv 1602.07261): five cells at sixteen places. */
    public static final CnnSpace DARTOPTI_INCEPTION_V4 = dartopti(
            "InceptionV4",
            5,
            new CellSequence(List.of(0, 0, 0, 0, 1, 2, 2, 2, 2, 2, 2, 2, 3, 4, 4, 4), List.of(4, 12)));

    /** In which a network has two cells and any depth. */
    public CnnSpace(String id, List<Primitive> candidates, CellShape cell) {
        this(id, candidates, cell, Optional.empty());
    }

    /** The space of DARTOpti, in the authors' code of D-DARTS (arXiv 2108.09306), around a network: twelve candidates. */
    private static CnnSpace dartopti(String network, int nodes, CellSequence sequence) {
        return new CnnSpace(
                "dartopti-" + network.toLowerCase(Locale.ROOT),
                Primitive.OF_KNOWN_NETWORKS,
                new CellShape(INPUTS, nodes),
                Optional.of(sequence));
    }

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
    public List<Integer> derivable() {
        return operations().stream().map(candidates::indexOf).toList();
    }

    @Override
    public int edgesKept(int node) {
        return Math.min(OPERANDS, cell.edgesInto(node));
    }

    /** {@inheritDoc} A sequence without reductions has normal cells alone. */
    @Override
    public List<String> cells() {
        return Stream.of(CellKind.values())
                .filter(kind ->
                        sequence.isEmpty() || sequence.get().firstOfKind(kind).isPresent())
                .map(CellKind::publishedName)
                .toList();
    }

    @Override
    public boolean cellsOfAKindDiffer() {
        return sequence.map(CellSequence::mixesKinds).orElse(false);
    }

    /** {@inheritDoc} There an architecture has its cells by their places. */
    @Override
    public String nameInArchitecture(String cells) {
        return Stream.of(CellKind.values())
                .filter(kind -> sequence.isPresent() && kind.publishedName().equals(cells))
                .flatMap(kind -> sequence.get().firstOfKind(kind).stream().mapToObj(CellKind::placeName))
                .findFirst()
                .orElse(cells);
    }

    @Override
    public int firstLike(int place) {
        return sequence.map(each -> each.firstOf(place)).orElse(place);
    }

    /** {@inheritDoc} Around a network it is that network's, whose depth the cells must have. */
    @Override
    public NetworkShape shape(int channels, int cells, int classes) {
        requireCells(cells);
        return sequence.map(each -> new NetworkShape(channels, cells, classes, each.reductions()))
                .orElseGet(() -> new NetworkShape(channels, cells, classes));
    }

    @Override
    public void requireCells(int cells) {
        if (sequence.isPresent() && sequence.get().places() != cells) {
            throw new IllegalArgumentException(
                    "cells must be %d in space %s, as many as the network has around which it lies (was %d)"
                            .formatted(sequence.get().places(), id, cells));
        }
        if (sequence.isEmpty() && cells < SMALLEST) {
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
