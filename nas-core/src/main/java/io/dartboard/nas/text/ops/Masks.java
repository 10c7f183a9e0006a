package io.dartboard.nas.text.ops;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.tensor.Mask;
import java.util.random.RandomGenerator;

/**
 * The dropout of one pass over one window: every mask is the same at all steps in time.
 *
 * <p>Source: Gal and Ghahramani, <i>A Theoretically Grounded Application of Dropout in Recurrent Neural Networks</i>
 * (arXiv 1512.05287), section 4.
 *
 * @param words (T, B, 1); a word that is dropped is dropped wherever it stands in the window
 * @param inputs (B, n)
 * @param cellInputs (B, n)
 * @param hidden (B, n)
 * @param outputs (B, n)
 */
public record Masks(Mask words, Mask inputs, Mask cellInputs, Mask hidden, Mask outputs) {
    private static final Masks NONE = new Masks(Mask.none(), Mask.none(), Mask.none(), Mask.none(), Mask.none());

    /** For a pass that drops nothing. */
    public static Masks none() {
        return NONE;
    }

    /**
     * Draws the masks of one pass from one stream.
     *
     * @param words (length, columns) row-major: the words that are read
     * @param vocabulary how many words there are
     * @param width of the hidden state
     */
    public static Masks draw(
            NDManager scope,
            RandomGenerator random,
            Dropouts dropouts,
            long[] words,
            int columns,
            int vocabulary,
            int width,
            DataType type) {
        Shape state = new Shape(columns, width);
        return new Masks(
                wordMask(scope, random, dropouts.dropoutWords(), words, columns, vocabulary, type),
                Mask.draw(scope, random, dropouts.dropoutInputs(), type, state),
                Mask.draw(scope, random, dropouts.dropoutCellInputs(), type, state),
                Mask.draw(scope, random, dropouts.dropoutHidden(), type, state),
                Mask.draw(scope, random, dropouts.dropoutOutputs(), type, state));
    }

    private static Mask wordMask(
            NDManager scope,
            RandomGenerator random,
            double share,
            long[] words,
            int columns,
            int vocabulary,
            DataType type) {
        if (share == 0) {
            return Mask.none();
        }
        float[] byWord = Mask.draw(random, share, vocabulary);
        float[] values = new float[words.length];
        for (int i = 0; i < words.length; i++) {
            values[i] = byWord[Math.toIntExact(words[i])];
        }
        return Mask.of(Mask.toDevice(scope, values, type, new Shape(words.length / columns, columns, 1)));
    }
}
