package io.dartboard.pipeline.event;

import java.time.Duration;

/** Pauses that double up to a limit, for whatever must outlast an outage. */
public final class Backoff {
    private final Duration first;
    private final Duration longest;
    private Duration next;

    public Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** From a quarter of a second to ten: for the broker and the store. */
    public static Backoff forOutages() {
        return new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10));
    }

    /** The pause before the next try. */
    public Duration next() {
        var pause = next;
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        return pause;
    }

    /** Begins anew, after a success. */
    public void reset() {
        next = first;
    }

    /**
     * Sleeps for the next pause.
     *
     * @throws InterruptedException if the thread is told to stop
     */
    public void pause() throws InterruptedException {
        Thread.sleep(next().toMillis());
    }
}
