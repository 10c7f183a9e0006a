package io.dartboard.bench;

import java.util.List;

/**
 * Sizes of a language model and its window.
 *
 * @param width of embedding and hidden state
 * @param batch columns in which the text is read
 * @param bptt steps in time
 * @param vocabulary number of words
 */
record TextSizes(int width, int batch, int bptt, int vocabulary) {
    /** Words of Penn Treebank. */
    static final int PENN = 10_000;

    private static final int SMALL = 16;

    TextSizes {
        if (width < 1 || batch < 2 || bptt < 2 || vocabulary < 2) {
            throw new IllegalArgumentException(
                    "a step of a language model needs a width of 1, 2 columns, 2 steps in time and 2 words"
                            + " (were %d, %d, %d and %d)".formatted(width, batch, bptt, vocabulary));
        }
    }

    static TextSizes of(List<String> arguments) {
        int[] sizes = arguments.stream().mapToInt(Integer::parseInt).toArray();
        return new TextSizes(sizes[0], sizes[1], sizes[2], sizes[3]);
    }

    /** Fewer columns; there are as many operations. */
    TextSizes small() {
        return new TextSizes(width, Math.min(SMALL, batch), bptt, vocabulary);
    }

    /** Words of a window. */
    int tokens() {
        return batch * bptt;
    }

    List<String> arguments() {
        return List.of(
                Integer.toString(width), Integer.toString(batch), Integer.toString(bptt), Integer.toString(vocabulary));
    }

    @Override
    public String toString() {
        return "width %d, batch %d, bptt %d, %d words".formatted(width, batch, bptt, vocabulary);
    }
}
