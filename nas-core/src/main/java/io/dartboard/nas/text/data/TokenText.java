package io.dartboard.nas.text.data;

import java.util.Arrays;

/** A text as the numbers of its words in a vocabulary, in reading order. Immutable. */
public final class TokenText {
    private final int[] tokens;

    /** @param tokens copied */
    public TokenText(int... tokens) {
        this.tokens = tokens.clone();
    }

    /** Number of tokens, ends of lines included. */
    public int size() {
        return tokens.length;
    }

    /** The number of the word at a place. */
    public int at(int index) {
        return tokens[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenText that && Arrays.equals(tokens, that.tokens);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(tokens);
    }

    @Override
    public String toString() {
        return "TokenText(%d)".formatted(tokens.length);
    }
}
