package io.dartboard.nas.text.data;

/**
 * A text cut into columns of one length that are read side by side: column {@code c} is the {@code c}-th stretch of the
 * text, so the hidden state of a column goes on from window to window. What does not fill a row is left out.
 */
public final class TextColumns {
    /** Columns in which a validation text is read to judge a network. */
    public static final int JUDGED = 10;

    private final TokenText text;
    private final int columns;
    private final int rows;

    /**
     * Cuts a text.
     *
     * @param which the text's name for a refusal, as {@code training text}
     * @param columns the batch size
     * @throws IllegalArgumentException if fewer than 3 rows come out: too few for a window of two words with followers
     */
    public TextColumns(String which, TokenText text, int columns) {
        this.text = text;
        this.columns = columns;
        this.rows = rows(which, text.size(), columns, 1);
    }

    /**
     * The rows of a text of so many words, which need not be at hand.
     *
     * @param fewest the fewest columns that may be asked for; what no batch can mend is not blamed on it
     * @throws IllegalArgumentException if they are fewer than 3
     */
    public static int rows(String which, int words, int columns, int fewest) {
        if (columns < 1) {
            throw new IllegalArgumentException("batchSize must be at least 1 (was %d)".formatted(columns));
        }
        int rows = words / columns;
        if (rows < 3) {
            throw new IllegalArgumentException(
                    "the %s has %d words, but read in %d columns it needs at least %d: use more text%s"
                            .formatted(
                                    which,
                                    words,
                                    columns,
                                    3L * columns,
                                    words / 3 < fewest || fewest == columns
                                            ? ""
                                            : " or a batchSize of at most " + words / 3));
        }
        return rows;
    }

    /** Words of a column. */
    public int rows() {
        return rows;
    }

    /** Columns of a window. */
    public int columns() {
        return columns;
    }

    /**
     * The window from a row on, shorter than asked for where the text ends.
     *
     * @param row from 0 to {@code rows - 2}, so that at least one word has a follower
     */
    public TextWindow window(int row, int length) {
        int taken = Math.min(length, rows - 1 - row);
        long[] inputs = new long[taken * columns];
        long[] targets = new long[taken * columns];
        for (int t = 0; t < taken; t++) {
            for (int c = 0; c < columns; c++) {
                int place = c * rows + row + t;
                inputs[t * columns + c] = text.at(place);
                targets[t * columns + c] = text.at(place + 1);
            }
        }
        return new TextWindow(inputs, targets, taken, columns);
    }
}
