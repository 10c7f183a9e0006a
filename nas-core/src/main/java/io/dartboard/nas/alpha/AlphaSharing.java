package io.dartboard.nas.alpha;

import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.Optional;
import java.util.stream.IntStream;

/** Which cells of a supernet share their alphas: one group for each that differ. */
public interface AlphaSharing {
    /** All cells of one kind: DARTS (arXiv 1806.09055), section 2.2. */
    AlphaSharing BY_KIND = new AlphaSharing() {
        @Override
        public AlphaLayout layout(SearchSpace space, int cells) {
            return AlphaLayout.sharedByKind(space);
        }

        @Override
        public String group(CellKind kind, int place) {
            return kind.publishedName();
        }
    };

    /** None: each cell has alphas of its own. D-DARTS (arXiv 2108.09306), section 3.1. */
    AlphaSharing BY_CELL = new ByCell();

    /** See {@link #BY_CELL}. */
    record ByCell() implements AlphaSharing {
        @Override
        public AlphaLayout layout(SearchSpace space, int cells) {
            return ofCells(space, cells);
        }

        @Override
        public String group(CellKind kind, int place) {
            return cell(place);
        }

        @Override
        public Optional<String> unfitForRecurrentCells() {
            return Optional.of("there is one cell, which shares its alphas with none");
        }
    }

    /** The groups of a supernet of so many cells. */
    AlphaLayout layout(SearchSpace space, int cells);

    /** The group that mixes the cell at a place. */
    String group(CellKind kind, int place);

    /** Why a recurrent search cannot have it; empty if it can. */
    default Optional<String> unfitForRecurrentCells() {
        return Optional.empty();
    }

    /** The name of the group of a cell with alphas of its own. */
    static String cell(int index) {
        return CellKind.placeName(index);
    }

    private static AlphaLayout ofCells(SearchSpace space, int cells) {
        return new AlphaLayout(IntStream.range(0, cells)
                .mapToObj(index -> new AlphaLayout.Group(cell(index), space.edgeCount(), space.candidateCount()))
                .toList());
    }
}
