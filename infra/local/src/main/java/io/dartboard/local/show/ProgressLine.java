package io.dartboard.local.show;

import java.util.Locale;

/**
 * How far something long is: one line that is painted over on a terminal. Elsewhere, as in a file, a line at each tenth and
 * whenever something else is begun.
 */
public final class ProgressLine {
    private static final int TENTHS = 10;

    private final Terminal terminal;
    private boolean painted;
    private String last = "";

    public ProgressLine(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Shows it.
     *
     * @param done how much of the activity
     * @param of all of it; 0 where that is not known
     */
    public void at(String activity, long done, long of) {
        var share = of > 0 ? ", %d of %d (%d %%)".formatted(done, of, 100 * done / of) : amount(done);
        if (terminal.interactive()) {
            terminal.line("  " + terminal.dim(activity + share));
            painted = true;
            return;
        }
        var step = activity + (of > 0 ? TENTHS * done / of : "");
        if (!step.equals(last)) {
            terminal.line("  " + activity + share);
            last = step;
        }
    }

    private static String amount(long done) {
        return done > 0 ? String.format(Locale.ROOT, ", %,d", done) : "";
    }

    /** Removes the line where it can be painted over. */
    public void wipe() {
        if (painted) {
            terminal.wipe(1);
            painted = false;
        }
    }
}
