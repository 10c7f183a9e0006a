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
    private static final Table<VersionSeen> SEEN = Table.of(VersionSeen.class);

    private final Ledger ledger;

    VersionBook(Ledger ledger) {
        this.ledger = ledger;
    }

    void take(DatasetPublished published, Instant told) {
        var key = key(published.getDataset(), published.getVersion());
        if (ledger.get(SEEN, key).isEmpty()) {
            var place = of(published.getDataset()).size() + 1;
            ledger.put(SEEN, key, new VersionSeen(published, place, told.toEpochMilli()));
        }
    }

    /** All versions of a dataset, the oldest first. */
    List<VersionSeen> of(String dataset) {
        return ledger.all(SEEN, key(dataset, "")).stream()
                .sorted(Comparator.comparingInt(VersionSeen::getPlace))
                .toList();
    }

    Optional<VersionSeen> of(String dataset, String version) {
        return ledger.get(SEEN, key(dataset, version));
    }

    /** No dataset has an @ in its name. */
    private static String key(String dataset, String version) {
        return dataset + "@" + version;
    }
}
