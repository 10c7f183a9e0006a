package io.dartboard.pipeline.job;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * The last lines of this process's log. They travel in the leases of its jobs, so that somebody can still read what a
 * process said before it died.
 */
final class LogTail extends Handler {
    private static final int LINES = 12;
    private static final int CHARS = 300;
    private static final LogTail TAIL = new LogTail();

    private final Deque<String> lines = new ArrayDeque<>();
    private final Formatter formatter = new SimpleFormatter();

    private LogTail() {
        setLevel(Level.INFO);
    }

    /** The tail, which listens from the first call on. */
    static LogTail listening() {
        var root = Logger.getLogger("");
        synchronized (TAIL) {
            if (List.of(root.getHandlers()).stream().noneMatch(TAIL::equals)) {
                root.addHandler(TAIL);
            }
        }
        return TAIL;
    }

    /** Oldest first. */
    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public void publish(LogRecord record) {
        if (!isLoggable(record)) {
            return;
        }
        var text = "%s %s %s%s"
                .formatted(
                        record.getInstant(),
                        record.getLevel(),
                        formatter.formatMessage(record),
                        record.getThrown() == null ? "" : ": " + record.getThrown())
                .replaceAll("\\s+", " ");
        synchronized (lines) {
            lines.add(text.length() <= CHARS ? text : text.substring(0, CHARS) + " …");
            if (lines.size() > LINES) {
                lines.remove();
            }
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
