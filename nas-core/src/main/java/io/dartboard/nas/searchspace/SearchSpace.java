package io.dartboard.nas.searchspace;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A space in which an architecture is searched. The family is sealed: what can be searched differs in kind (a pair of
 * convolutional cells, a recurrent cell, a benchmark's single cell), and whoever consumes a space must say which kinds
 * it takes.
 */
public sealed interface SearchSpace permits ConvolutionalSpace, RecurrentSpace {

    /** Stable name that requests, events and job identities carry. */
    String id();

    /** What its networks read, for people: {@code images}, {@code text}. */
    String reads();

    /** The kinds of cell that are searched, by name, in order. */
    List<String> cells();

    /** Graph of a cell. */
    CellShape cell();

    /** What an edge chooses among, in the order of the columns of an alpha matrix. */
    List<?> candidates();

    /** Whether its networks stack cells, whose edges have channels; else they are one cell. */
    boolean stacksCells();

    /** Edges of a cell: rows of an alpha matrix. */
    int edgeCount();

    /** Candidates of an edge: columns of an alpha matrix. */
    int candidateCount();

    /** Columns of the candidates that have no weights; empty where weights are not the candidates' but the nodes'. */
    Set<Integer> parameterFree();

    /** Columns of the candidates that a derived cell may hold, ascending. */
    List<Integer> derivable();

    /** How many of the edges into a node a derived cell keeps. */
    int edgesKept(int node);

    /** Column of the candidate that passes a state on as it is; empty where there is none. */
    default OptionalInt skip() {
        return OptionalInt.empty();
    }

    /** The first place of a network that holds the same cell as a place: itself, but where a space repeats cells. */
    default int firstLike(int place) {
        return place;
    }

    /** Whether cells of one kind differ, as those of a known network do, so that they cannot share alphas. */
    default boolean cellsOfAKindDiffer() {
        return false;
    }

    /** The name by which an architecture knows the cells that a group of alphas is about: the same, but where a space has a sequence. */
    default String nameInArchitecture(String cells) {
        return cells;
    }

    /** Every space that can be asked for. */
    static List<SearchSpace> all() {
        return List.of(
                CnnSpace.DARTS,
                CnnSpace.FAIR_DARTS,
                CnnSpace.ROBUST_S3,
                CnnSpace.DARTOPTI_RESNET18,
                CnnSpace.DARTOPTI_RESNET50,
                CnnSpace.DARTOPTI_XCEPTION,
                CnnSpace.DARTOPTI_INCEPTION_V4,
                NasBench201Space.PUBLISHED,
                RecurrentSpace.DARTS);
    }

    /**
     * The space of an id.
     *
     * @throws IllegalArgumentException if there is none; the message lists those that exist
     */
    static SearchSpace of(String id) {
        return all().stream()
                .filter(space -> space.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown search space '%s'; known: %s"
                        .formatted(id, all().stream().map(SearchSpace::id).collect(Collectors.joining(", ")))));
    }
}
