package io.dartboard.nas.searchspace;

import java.util.List;
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

    /** For each cell, in the order of their indices, the first place that holds it. */
    public List<Integer> firsts() {
        return cells.stream().distinct().map(cells::indexOf).toList();
    }
}
