package io.dartboard.nas.ops.recurrent;

/**
 * The shares that a recurrent language model drops in training, each in [0, 1).
 *
 * @param words of the words, whole rows of the embedding ({@code dropoute} in the authors' code)
 * @param inputs of the embedded input ({@code dropouti})
 * @param cellInputs of what the cell reads from its input ({@code dropoutx})
 * @param hidden of what the cell and its nodes read from the hidden state ({@code dropouth})
 * @param outputs of what the decoder reads ({@code dropout})
 */
public record Dropouts(double words, double inputs, double cellInputs, double hidden, double outputs) {
    /** Nothing is dropped. */
    public static final Dropouts NONE = new Dropouts(0, 0, 0, 0, 0);

    public Dropouts {
        share("words", words);
        share("inputs", inputs);
        share("cellInputs", cellInputs);
        share("hidden", hidden);
        share("outputs", outputs);
    }

    private static void share(String which, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(
                    "dropout of %s must be at least 0 and below 1 (was %s)".formatted(which, value));
        }
    }
}
