package io.dartboard.nas.searchspace;

/**
 * How a network stacks its cells: its skeleton. Cells {@code floor(L/3)} and {@code floor(2L/3)} are reductions: each
 * halves the resolution and doubles the channels, so every third of the network costs about the same.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 3.1; the width of the stem from the authors' code.
 *
 * @param channels channels of a node in the first cell, before any reduction
 * @param cells number of cells
 * @param classes outputs of the classifier
 */
public record NetworkShape(int channels, int cells, int classes) {
    private static final int STEM_MULTIPLIER = 3;

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
        return cell == firstReduction() || cell == secondReduction() ? CellKind.REDUCE : CellKind.NORMAL;
    }

    /** Whether the cell at a position is a reduction. */
    public boolean reducesAt(int cell) {
        return kindOf(cell) == CellKind.REDUCE;
    }

    /** Channels of a node in the cell at a position. */
    public int channelsOf(int cell) {
        return channels << reductionsUpTo(cell + 1);
    }

    /** How often the resolution has been halved before the cell at a position, where the stem leaves it as it is. */
    public int halvingsBefore(int cell) {
        return reductionsUpTo(cell);
    }

    /** Channels of a stem at full resolution. */
    public int stemChannels() {
        return STEM_MULTIPLIER * channels;
    }

    /** Position of the cell whose output feeds the auxiliary head: the second reduction. */
    public int auxiliaryCell() {
        return secondReduction();
    }

    private int firstReduction() {
        return cells / 3;
    }

    private int secondReduction() {
        return 2 * cells / 3;
    }

    /** How many of the first cells are reductions. */
    private int reductionsUpTo(int end) {
        return (end > firstReduction() ? 1 : 0) + (end > secondReduction() ? 1 : 0);
    }
}
