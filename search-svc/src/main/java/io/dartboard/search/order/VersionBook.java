package io.dartboard.search.order;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.VersionSeen;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Table;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The versions of datasets in the order in which they came; the first word on a version stands. */
final class VersionBook {
    static final Comparator<VersionSeen> OLDEST_FIRST = Comparator.comparingInt(VersionSeen::getPlace);

    private static final Table<VersionSeen> SEEN = Table.of(VersionSeen.class);

    private final Ledger ledger;

    VersionBook(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Takes a version; as it was seen first. */
    VersionSeen take(DatasetPublished published, Instant told) {
        var key = key(published.getDataset(), published.getVersion());
        return ledger.get(SEEN, key).orElseGet(() -> {
            var place = of(published.getDataset()).size() + 1;
            var seen = new VersionSeen(published, place, told.toEpochMilli());
            ledger.put(SEEN, key, seen);
            return seen;
        });
    }

    /** All versions of a dataset, the oldest first. */
    List<VersionSeen> of(String dataset) {
        return ledger.all(SEEN, key(dataset, "")).stream().sorted(OLDEST_FIRST).toList();
    }

    Optional<VersionSeen> of(String dataset, String version) {
        return ledger.get(SEEN, key(dataset, version));
    }

    /** No dataset has an @ in its name. */
    private static String key(String dataset, String version) {
        return dataset + "@" + version;
    }
}
