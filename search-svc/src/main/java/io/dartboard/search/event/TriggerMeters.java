package io.dartboard.search.event;

import io.dartboard.pipeline.meters.NasMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

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
            return name().toLowerCase(Locale.ROOT);
        }
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

    /**
     * A store's notification has come.
     *
     * @param way which way
     * @param outcome what became of it
     */
    public void notified(String way, String outcome) {
        Counter.builder(NasMeters.NOTIFICATIONS.id())
                .description(NasMeters.NOTIFICATIONS.description())
                .tag("way", way.toLowerCase(Locale.ROOT))
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    private Counter counter(Source source, String outcome) {
        return Counter.builder(NasMeters.TRIGGERS.id())
                .description(NasMeters.TRIGGERS.description())
                .tag("source", source.id())
                .tag("outcome", outcome)
                .register(registry);
    }
}
