package io.dartboard.search.event;

import io.dartboard.pipeline.meters.NasMeters;
import io.dartboard.schemas.Word;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What had a dataset published, or tried to, by how it came and what came of it. */
public final class TriggerMeters {
    private final MeterRegistry registry;

    /** Shows every count from its start, at 0. */
    public TriggerMeters(MeterRegistry registry) {
        this.registry = registry;
        for (var source : Source.values()) {
            counter(source, "published");
            counter(source, "known");
            if (source != Source.EVENT) {
                counter(source, "refused");
            }
        }
        for (var way : Way.values()) {
            for (var outcome : Heed.values()) {
                counter(way, outcome);
            }
        }
    }

    /** How it came. */
    public enum Source {
        /** By an event that another program told. */
        EVENT,
        /** By a request. */
        REST,
        /** By a store's word that an object has changed. */
        NOTIFICATION,
        /** By a look at what lies in the store. */
        LISTING;

        /** As it is told. */
        public String id() {
            return Word.of(this);
        }
    }

    /** The way that a notification has taken. */
    public enum Way {
        TOPIC,
        WEBHOOK
    }

    /** What became of a notification. */
    public enum Heed {
        /** An order watches what it is about. */
        WATCHED,
        /** No order does. */
        UNWATCHED,
        /** It is none. */
        MALFORMED
    }

    /**
     * A version was published.
     *
     * @param isNew false if the same was published before
     */
    public void published(Source source, boolean isNew) {
        counter(source, isNew ? "published" : "known").increment();
    }

    /** It was no dataset. */
    public void refused(Source source) {
        counter(source, "refused").increment();
    }

    /** A store's notification has come. */
    public void notified(Way way, Heed outcome) {
        counter(way, outcome).increment();
    }

    private Counter counter(Way way, Heed outcome) {
        return NasMeters.NOTIFICATIONS.counter(registry, "way", Word.of(way), "outcome", Word.of(outcome));
    }

    private Counter counter(Source source, String outcome) {
        return NasMeters.TRIGGERS.counter(registry, "source", source.id(), "outcome", outcome);
    }
}
