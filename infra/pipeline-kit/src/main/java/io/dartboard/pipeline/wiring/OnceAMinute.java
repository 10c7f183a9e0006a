package io.dartboard.pipeline.wiring;

import io.quarkus.logging.LoggingFilter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Lets a warning through once a minute: in an outage the same is found out again and again, by clients that are not ours as
 * well. Nothing is kept from the log that differs in a word; what is told at lesser levels is let through as it is.
 */
@LoggingFilter(name = "once-a-minute")
public final class OnceAMinute implements Filter {
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int REMEMBERED = 500;

    private final Clock clock;
    private final Map<String, Instant> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    public OnceAMinute() {
        this(Clock.systemUTC());
    }

    OnceAMinute(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean isLoggable(LogRecord record) {
        if (record.getLevel().intValue() < Level.WARNING.intValue()) {
            return true;
        }
        var line = record.getLoggerName() + " " + words(record);
        var now = clock.instant();
        synchronized (told) {
            var last = told.get(line);
            if (last != null && Duration.between(last, now).compareTo(PAUSE) < 0) {
                return false;
            }
            told.remove(line);
            told.put(line, now);
            return true;
        }
    }

    /** The pattern and what is put into it, whichever way that is. */
    private static String words(LogRecord record) {
        return record.getMessage() + Arrays.toString(record.getParameters());
    }
}
