package io.dartboard.nas.preset;

import java.util.Locale;

/** What a preset is a recipe for. */
public enum Recipe {
    /** One search. */
    SEARCH,
    /** One retraining from scratch, be it the brief one that selects or the full one that evaluates. */
    RETRAINING,
    /** One training on the larger task. */
    TRANSFER;

    /** As people write it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
