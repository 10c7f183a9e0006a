package io.dartboard.nas.genotype;

/** A text is not a genotype. The message is one line that names the position, what was expected and what was found. */
public final class GenotypeSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int position;

    GenotypeSyntaxException(int position, String complaint) {
        super("genotype text, position %d: %s".formatted(position, complaint));
        this.position = position;
    }

    /** Offset in characters, from 0, of the first character that does not fit. */
    public int position() {
        return position;
    }
}
