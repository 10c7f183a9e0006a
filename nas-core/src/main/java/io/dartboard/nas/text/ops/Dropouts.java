package io.dartboard.nas.text.ops;

import io.dartboard.nas.provenance.Formerly;
import io.dartboard.nas.setting.Checks;

/**
 * The shares that a recurrent language model drops in training, each in [0, 1).
 *
 * @param dropoutWords of the words, whole rows of the embedding ({@code dropoute} in the authors' code)
 * @param dropoutInputs of the embedded input ({@code dropouti})
 * @param dropoutCellInputs of what the cell reads from its input ({@code dropoutx})
 * @param dropoutHidden of what the cell and its nodes read from the hidden state ({@code dropouth})
 * @param dropoutOutputs of what the decoder reads ({@code dropout})
 */
public record Dropouts(
        @Formerly("words") double dropoutWords,
        @Formerly("inputs") double dropoutInputs,
        @Formerly("cellInputs") double dropoutCellInputs,
        @Formerly("hidden") double dropoutHidden,
        @Formerly("outputs") double dropoutOutputs) {
    /** Nothing is dropped. */
    public static final Dropouts NONE = new Dropouts(0, 0, 0, 0, 0);

    public Dropouts {
        Checks.all(
                () -> Checks.share("dropoutWords", dropoutWords),
                () -> Checks.share("dropoutInputs", dropoutInputs),
                () -> Checks.share("dropoutCellInputs", dropoutCellInputs),
                () -> Checks.share("dropoutHidden", dropoutHidden),
                () -> Checks.share("dropoutOutputs", dropoutOutputs));
    }
}
