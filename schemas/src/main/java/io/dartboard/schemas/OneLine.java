package io.dartboard.schemas;

/** What others wrote, of any length and with whatever in it, as it may stand in an event, a log or an answer. */
public final class OneLine {
    /** Characters of a reason that an event gives. */
    public static final int REASON_CHARS = 2_000;

    private OneLine() {}

    /** On one line: blanks and control characters in a row are one blank. */
    public static String of(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }

    /** On one line, cut where it is longer than a reason is. */
    public static String reason(String text) {
        var line = of(text);
        return line.length() <= REASON_CHARS ? line : line.substring(0, REASON_CHARS) + " …";
    }
}
