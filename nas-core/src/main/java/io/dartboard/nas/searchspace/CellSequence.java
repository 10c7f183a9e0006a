package io.dartboard.nas.searchspace;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which cell stands at each place of a network, and which places halve the resolution. Places of one index hold the same cell.
 *
 * <p>Source: DARTOpti, in the authors' code of D-DARTS (Heuillet et al., arXiv 2108.09306).
 *
 * @param cells for each place the index of its cell; indices count from 0 in the order in which they come
 * @param reductions places that halve the resolution, ascending
 */
public record CellSequence(List<Integer> cells, List<Integer> reductions) {
    public CellSequence {
        cells = List.copyOf(cells);
        reductions = List.copyOf(reductions);
        List<Integer> distinct = cells.stream().distinct().toList();
        if (distinct.isEmpty()
                || !distinct.equals(IntStream.range(0, distinct.size()).boxed().toList())) {
            throw new IllegalArgumentException(
                    "a sequence of cells counts them from 0 in the order in which they come (was %s)".formatted(cells));
        }
    }

    /** Number of places. */
    public int places() {
        return cells.size();
    }

    /** The first place that holds the cell of a place. */
    public int firstOf(int place) {
        return cells.indexOf(cells.get(place));
    }

    /** The first place that holds a cell of a kind; empty if none does. */
    public OptionalInt firstOfKind(CellKind kind) {
        return IntStream.range(0, cells.size())
                .filter(place -> reductions.contains(place) == (kind == CellKind.REDUCE))
                .findFirst();
    }

    /** Whether cells of a kind, normal or reduction, differ, or a cell is of both kinds; else each kind has one cell. */
    public boolean mixesKinds() {
        Set<Integer> reducing = reductions.stream().map(cells::get).collect(Collectors.toSet());
        Set<Integer> normal = IntStream.range(0, cells.size())
                .filter(place -> !reductions.contains(place))
                .mapToObj(cells::get)
                .collect(Collectors.toSet());
        return reducing.size() > 1 || normal.size() > 1 || !Collections.disjoint(reducing, normal);
    }

    /** For each cell, in the order of their indices, the first place that holds it. */
    public List<Integer> firsts() {
        return cells.stream().distinct().map(cells::indexOf).toList();
    }
}
