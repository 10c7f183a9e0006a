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
}
