package io.dartboard.nas.text.data;

/**
 * Some consecutive rows of a text in columns, and for each word the word that follows it in its column.
 *
 * @param inputs (length, columns) row-major
 * @param targets (length, columns) row-major
 */
public record TextWindow(long[] inputs, long[] targets, int length, int columns) {
    /** Number of words to be predicted. */
    public int tokens() {
        return targets.length;
    }
}
