package io.dartboard.nas.searchspace;

/**
 * How a network stacks its cells. Cells {@code floor(L/3)} and {@code floor(2L/3)} are reductions: each halves the
 * resolution and doubles the channels, so every third of the network costs about the same.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 3.1.
 *
 * @param channels channels of a node in the first cell, before any reduction
 * @param cells number of cells
 * @param classes outputs of the classifier
 */
public record NetworkShape(int channels, int cells, int classes) {
    public NetworkShape {
        if (cells < 3) {
            throw new IllegalArgumentException(
                    "cells must be at least 3 so that a normal cell exists to be searched (was %d)".formatted(cells));
        }
        if (channels < 2 || channels % 2 != 0) {
            throw new IllegalArgumentException(
                    "channels must be even and at least 2 because a factorized reduce makes two halves (was %d)"
                            .formatted(channels));
        }
        if (classes < 2) {
            throw new IllegalArgumentException("classes must be at least 2 (was %d)".formatted(classes));
        }
    }

    /** Kind of the cell at a position, counted from 0. */
    public CellKind kindOf(int cell) {
        return cell == cells / 3 || cell == 2 * cells / 3 ? CellKind.REDUCE : CellKind.NORMAL;
    }

    /** Whether the cell at a position is a reduction. */
    public boolean reducesAt(int cell) {
        return kindOf(cell) == CellKind.REDUCE;
    }

    /** Channels of a node in the cell at a position. */
    public int channelsOf(int cell) {
        int doublings = (cell >= cells / 3 ? 1 : 0) + (cell >= 2 * cells / 3 ? 1 : 0);
        return channels << doublings;
    }

    /** Position of the cell whose output feeds the auxiliary head: the second reduction. */
    public int auxiliaryCell() {
        return 2 * cells / 3;
    }
}
