package io.dartboard.local.show;

import java.io.PrintStream;

/**
 * Where output goes, and what it can do.
 *
 * @param out lines for people
 * @param interactive true where lines can be painted over
 * @param colour true where colours are shown
 * @param width columns
 */
public record Terminal(PrintStream out, boolean interactive, boolean colour, int width) {
    private static final int USUAL_WIDTH = 100;
    private static final int LEAST_WIDTH = 60;
    private static final String ESCAPE = "\u001b[";

    /**
     * The process's own standard output, by the environment: {@code DARTBOARD_TTY} says whether it is a terminal, as the
     * start script has found out, {@code COLUMNS} its width, and {@code NO_COLOR} turns colours off.
     */
    public static Terminal standard(PrintStream out) {
        var told = System.getenv("DARTBOARD_TTY");
        var interactive = told == null ? System.console() != null : told.equals("1");
        var noColour = System.getenv("NO_COLOR");
        return new Terminal(out, interactive, interactive && (noColour == null || noColour.isEmpty()), columns());
    }

    /** Plain lines, as for a file. */
    public static Terminal plain(PrintStream out) {
        return new Terminal(out, false, false, USUAL_WIDTH);
    }

    public void line(String text) {
        out.println(text);
        out.flush();
    }

    public String bold(String text) {
        return styled("1", text);
    }

    public String dim(String text) {
        return styled("2", text);
    }

    public String green(String text) {
        return styled("32", text);
    }

    public String yellow(String text) {
        return styled("33", text);
    }

    public String red(String text) {
        return styled("31", text);
    }

    public String cyan(String text) {
        return styled("36", text);
    }

    /** Moves up over the last lines and clears them. */
    void wipe(int lines) {
        if (interactive && lines > 0) {
            out.print(ESCAPE + lines + "A" + ESCAPE + "0J");
        }
    }

    private String styled(String code, String text) {
        return colour ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
    }

    private static int columns() {
        var told = System.getenv("COLUMNS");
        try {
            return told == null ? USUAL_WIDTH : Math.max(LEAST_WIDTH, Integer.parseInt(told.strip()));
        } catch (NumberFormatException e) {
            return USUAL_WIDTH;
        }
    }
}
