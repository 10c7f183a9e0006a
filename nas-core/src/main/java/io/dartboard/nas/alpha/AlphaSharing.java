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
        public String group(SearchSpace space, CellKind kind, int place) {
            return kind.publishedName();
        }
    };

    /**
     * None: each cell has alphas of its own. D-DARTS (arXiv 2108.09306), section 3.1. Places that hold the same cell
     * ({@link SearchSpace#firstLike}) have those of the first of them.
     */
    AlphaSharing BY_CELL = new ByCell();

    /** See {@link #BY_CELL}. */
    record ByCell() implements AlphaSharing {
        @Override
        public AlphaLayout layout(SearchSpace space, int cells) {
            return ofPlaces(space, IntStream.range(0, cells).filter(place -> space.firstLike(place) == place));
        }

        @Override
        public String group(SearchSpace space, CellKind kind, int place) {
            return cell(space.firstLike(place));
        }

        @Override
        public Optional<String> unfitForRecurrentCells() {
            return Optional.of("there is one cell, which shares its alphas with none");
        }
    }

    /** The groups of a supernet of so many cells. */
    AlphaLayout layout(SearchSpace space, int cells);

    /** The group that mixes the cell at a place. */
    String group(SearchSpace space, CellKind kind, int place);

    /** Why a recurrent search cannot have it; empty if it can. */
    default Optional<String> unfitForRecurrentCells() {
        return Optional.empty();
    }

    /** The name of the group of a cell with alphas of its own. */
    static String cell(int index) {
        return CellKind.placeName(index);
    }

    /** One group for each place of a network, whichever cells they hold. */
    static AlphaLayout ofEveryPlace(SearchSpace space, int cells) {
        return ofPlaces(space, IntStream.range(0, cells));
    }

    private static AlphaLayout ofPlaces(SearchSpace space, IntStream places) {
        return new AlphaLayout(
                places.mapToObj(index -> new AlphaLayout.Group(cell(index), space.edgeCount(), space.candidateCount()))
                        .toList());
    }
}
