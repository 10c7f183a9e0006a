package io.dartboard.nas.searchspace;

import java.util.Locale;

/** The two cells that are searched: one keeps the resolution, one halves it and doubles the channels. */
public enum CellKind {
    NORMAL,
    REDUCE;

    /** The name in genotype text, alpha tensors and metrics: {@code normal} or {@code reduce}. */
    public String publishedName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name, likewise, of a cell that is searched in its own place of the network, counted from 0. */
    public static String placeName(int place) {
        return "cell" + place;
    }
}
