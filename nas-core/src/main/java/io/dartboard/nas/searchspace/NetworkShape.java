package io.dartboard.nas.searchspace;

import java.util.List;

/**
 * How a network stacks its cells: its skeleton. A reduction halves the resolution and doubles the channels. Where nothing else
 * is said, cells {@code floor(L/3)} and {@code floor(2L/3)} are reductions, so every third of the network costs about the same;
 * fewer than three cells have no thirds, and none is a reduction.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 3.1; the width of the stem from the authors' code.
 *
 * @param channels channels of a node in the first cell, before any reduction
 * @param cells number of cells
 * @param classes outputs of the classifier
 * @param reductions places of the cells that are reductions, ascending
 */
public record NetworkShape(int channels, int cells, int classes, List<Integer> reductions) {
    private static final int STEM_MULTIPLIER = 3;
    private static final int THIRDS = 3;

    public NetworkShape {
        reductions = List.copyOf(reductions);
        if (channels < 2 || channels % 2 != 0) {
            throw new IllegalArgumentException(
                    "channels must be even and at least 2 because a factorized reduce makes two halves (was %d)"
                            .formatted(channels));
        }
        if (cells < 1) {
            throw new IllegalArgumentException("cells must be at least 1 (was %d)".formatted(cells));
        }
        if (classes < 2) {
            throw new IllegalArgumentException("classes must be at least 2 (was %d)".formatted(classes));
        }
        if (reductions.stream().anyMatch(place -> place < 0 || place >= cells)) {
            throw new IllegalArgumentException(
                    "reductions must be places from 0 to %d (were %s)".formatted(cells - 1, reductions));
        }
    }

    /** With reductions at the thirds. */
    public NetworkShape(int channels, int cells, int classes) {
        this(channels, cells, classes, cells < THIRDS ? List.of() : List.of(cells / THIRDS, 2 * cells / THIRDS));
    }

    /** The same with reductions elsewhere. */
    public NetworkShape reducingAt(List<Integer> places) {
        return new NetworkShape(channels, cells, classes, places);
    }

    /** Kind of the cell at a position, counted from 0. */
    public CellKind kindOf(int cell) {
        return reductions.contains(cell) ? CellKind.REDUCE : CellKind.NORMAL;
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

    /** Position of the cell whose output feeds the auxiliary head: the last reduction, or the last cell where there is none. */
    public int auxiliaryCell() {
        return reductions.isEmpty() ? cells - 1 : reductions.get(reductions.size() - 1);
    }

    /** How many of the first cells are reductions. */
    private int reductionsUpTo(int end) {
        return (int) reductions.stream().filter(place -> place < end).count();
    }
}
