package io.dartboard.nas.genotype;

import java.util.Locale;

/**
 * Which of a few cells that were searched each in its own place stands where in a deeper network: the cells of each third are
 * repeated within that third, and both reductions stay single.
 *
 * <p>Source: D-DARTS (Heuillet et al., arXiv 2108.09306), section 3.4, and the authors' code.
 */
public enum Deepening {
    /** As the paper means it. */
    CORRECTED {
        @Override
        int inFirstThird(int place, int cells) {
            return place % (cells / 3);
        }
    },
    /** As the authors' program has it: of the first third it repeats each cell in a row and hardly uses the later ones. */
    PUBLISHED {
        @Override
        int inFirstThird(int place, int cells) {
            return place % cells / 3;
        }
    };

    abstract int inFirstThird(int place, int cells);

    /**
     * The searched cell for a place.
     *
     * @param place from 0
     * @param cells that were searched: at least 6, so that each third has one that is no reduction
     * @param depth cells of the network: as many, or more
     */
    public int cellAt(int place, int cells, int depth) {
        if (depth == cells) {
            return place;
        }
        int first = cells / 3;
        int second = 2 * cells / 3;
        if (place < depth / 3) {
            return inFirstThird(place, cells);
        }
        if (place == depth / 3) {
            return first;
        }
        if (place < 2 * depth / 3) {
            return place % (second - 1 - first) + first + 1;
        }
        return place == 2 * depth / 3 ? second : place % (cells - 1 - second) + second + 1;
    }

    /** As texts write it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
