package io.dartboard.local.repeat;

/**
 * A part of what was done again.
 *
 * @param name what it is
 * @param outcome whether it came out the same
 * @param line what was compared, or where the two differ first
 */
public record Part(String name, Outcome outcome, String line) {
    /** Whether a part came out the same. */
    public enum Outcome {
        /** To the last bit. */
        SAME,
        DIFFERENT,
        /** It was not done again, and need not be. */
        LEFT
    }

    static Part same(String name, String line) {
        return new Part(name, Outcome.SAME, line);
    }

    static Part different(String name, String line) {
        return new Part(name, Outcome.DIFFERENT, line);
    }

    static Part left(String name, String line) {
        return new Part(name, Outcome.LEFT, line);
    }
}
