package io.dartboard.training.kind;

import io.dartboard.nas.preset.Recipe;
import java.util.Locale;

/** A section of a run's file: what is trained in turn. */
public enum Section {
    SEARCH(Recipe.SEARCH),
    SELECTION(Recipe.RETRAINING),
    EVALUATION(Recipe.RETRAINING),
    TRANSFER(Recipe.TRANSFER);

    private final Recipe recipe;

    Section(Recipe recipe) {
        this.recipe = recipe;
    }

    /** What its presets are recipes for. */
    public Recipe recipe() {
        return recipe;
    }

    /** As it is written in the file. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
