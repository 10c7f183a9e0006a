package io.dartboard.search.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When one prefix is looked at, and when what lies there may be read: once it has been the same for the quiet time. It goes by
 * what is there and not by what was told, so a notification only brings the next look forward; that one is lost, late, doubled
 * or one of thousands changes nothing but the time of that look.
 */
final class Debounce {
    private final Duration quiet;
    private final Duration interval;
    private Optional<Change> change = Optional.empty();
    private Instant looked = Instant.EPOCH;
    private Instant due = Instant.EPOCH;
    private String settled = "";
    private boolean hinted;

    /**
     * Due at once.
     *
     * @param quiet how long nothing may have changed
     * @param interval time between two looks that nobody has asked for
     */
    Debounce(Duration quiet, Duration interval) {
        this.quiet = quiet;
        this.interval = interval;
    }

    /** A listing that is not what was read, and when it was first seen. */
    private record Change(String listing, Instant since) {}

    boolean isDue(Instant now) {
        return !now.isBefore(due);
    }

    /** Something there has changed, somebody says. Of however many say so, one has it looked at within the quiet time. */
    void hint() {
        hinted = true;
        var soon = looked.plus(quiet);
        due = soon.isBefore(due) ? soon : due;
    }

    /** True if somebody has said that something has changed since it was last settled. */
    boolean isHinted() {
        return hinted;
    }

    /** True if this listing was settled last. */
    boolean isSettled(String listing) {
        return settled.equals(listing);
    }

    /**
     * Takes a listing that is not what was read last.
     *
     * @return true if it has been the same for the quiet time
     */
    boolean isQuiet(String listing, Instant now) {
        looked = now;
        var seen = change.filter(known -> known.listing().equals(listing)).orElseGet(() -> new Change(listing, now));
        change = Optional.of(seen);
        due = seen.since().plus(quiet);
        return isDue(now);
    }

    /** What lies there is what was read, or has been read now. */
    void settle(String listing, Instant now) {
        settled = listing;
        change = Optional.empty();
        hinted = false;
        looked = now;
        due = now.plus(interval);
    }

    /** Nothing could be seen now. */
    void postpone(Instant until) {
        due = until;
    }
}
