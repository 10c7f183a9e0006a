package io.dartboard.search.source;

import io.dartboard.search.event.TriggerMeters;
import io.dartboard.search.event.TriggerMeters.Heed;
import io.dartboard.search.event.TriggerMeters.Way;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What stores tell of their buckets: has the prefixes looked at that it is about, and no more than that. */
public final class Notifications {
    private final SourceWatch sources;
    private final TriggerMeters meters;

    public Notifications(SourceWatch sources, TriggerMeters meters) {
        this.sources = sources;
        this.meters = meters;
    }

    /**
     * Takes a notification.
     *
     * @return how many orders watch what it is about
     * @throws IllegalArgumentException with one line, if it is none
     */
    public int take(Way way, String text) {
        List<ChangedObject> changed;
        try {
            changed = ChangedObject.of(text);
        } catch (IllegalArgumentException e) {
            meters.notified(way, Heed.MALFORMED);
            throw e;
        }
        return take(way, changed);
    }

    /**
     * Takes a record of a topic, which has a key alone where it says that an object is gone.
     *
     * @throws IllegalArgumentException with one line, if it is no notification
     */
    public void take(String key, Optional<byte[]> value) {
        if (value.isPresent()) {
            take(Way.TOPIC, new String(value.get(), StandardCharsets.UTF_8));
            return;
        }
        var gone = ChangedObject.named(key);
        if (gone.isEmpty()) {
            meters.notified(Way.TOPIC, Heed.MALFORMED);
            throw new IllegalArgumentException("the record has no value, and its key names no object as bucket/key");
        }
        take(Way.TOPIC, List.of(gone.get()));
    }

    private int take(Way way, List<ChangedObject> changed) {
        var watched = changed.stream()
                .mapToInt(object -> sources.hint(object.bucket(), object.key()))
                .sum();
        meters.notified(way, watched > 0 ? Heed.WATCHED : Heed.UNWATCHED);
        return watched;
    }
}
