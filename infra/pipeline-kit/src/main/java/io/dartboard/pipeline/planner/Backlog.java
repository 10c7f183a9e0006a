package io.dartboard.pipeline.planner;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a planner is reading what was told long ago, as one that has lost its state does: then the time is not that of what it
 * reads, and there may be more to read that it has decided before. Used by one thread.
 */
public final class Backlog {
    /** What was told longer ago when it is read is history. */
    private static final Duration LATE = Duration.ofMinutes(1);

    /** The oldest of what was read since the last look at the clock; null if nothing was. */
    private @Nullable Instant oldest;

    /** A fact is read. */
    public void read(Fact fact) {
        oldest = oldest == null || fact.told().isBefore(oldest) ? fact.told() : oldest;
    }

    /** At a look at the clock: true if history was read since the last one. */
    public boolean wasRead(Instant now) {
        var wasRead = oldest != null && oldest.isBefore(now.minus(LATE));
        oldest = null;
        return wasRead;
    }
}
