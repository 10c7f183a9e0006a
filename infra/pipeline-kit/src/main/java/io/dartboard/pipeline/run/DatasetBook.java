package io.dartboard.pipeline.run;

import io.dartboard.events.DatasetPublished;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Table;
import java.util.Optional;

/**
 * The datasets a planner has heard of. A version never changes: the first word on it stands, so that a run's job ids
 * cannot shift under it.
 */
public final class DatasetBook {
    private static final Table<DatasetPublished> VERSIONS = new Table<>("DatasetVersion", DatasetPublished.class);
    private static final Table<DatasetPublished> NEWEST = new Table<>("DatasetNewest", DatasetPublished.class);

    private final Ledger ledger;

    public DatasetBook(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Takes a record of topic {@code nas.datasets}. */
    public void take(DatasetPublished published) {
        var key = key(published.getDataset(), published.getVersion());
        if (ledger.get(VERSIONS, key).isEmpty()) {
            ledger.put(VERSIONS, key, published);
            ledger.put(NEWEST, published.getDataset(), published);
        }
    }

    /** A version of a dataset. */
    public Optional<DatasetPublished> version(String dataset, String version) {
        return ledger.get(VERSIONS, key(dataset, version));
    }

    /** The version of a dataset that was published last. */
    public Optional<DatasetPublished> newest(String dataset) {
        return ledger.get(NEWEST, dataset);
    }

    /** The name of a dataset as something that a run needs. */
    public static String need(String dataset) {
        return "dataset:" + dataset;
    }

    private static String key(String dataset, String version) {
        return dataset + "@" + version;
    }
}
