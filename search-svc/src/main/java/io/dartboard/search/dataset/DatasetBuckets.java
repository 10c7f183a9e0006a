package io.dartboard.search.dataset;

import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.artifact.StoreUnavailable;
import io.dartboard.search.body.Refused;
import java.util.ArrayList;
import java.util.List;

/**
 * The buckets that datasets may be read from: the pipeline's own, and those that are named in the configuration. Whoever may
 * ask for a dataset must not thereby read all that the pipeline's keys can.
 */
public final class DatasetBuckets {
    private static final String SETTING = "dartboard.datasets.buckets";
    /** Where the pipeline keeps what was published. */
    private static final String PUBLISHED = "datasets/";

    private final ArtifactStore own;
    private final List<ArtifactStore> all;

    /**
     * Some buckets.
     *
     * @param own the pipeline's
     * @param others those that may be read as well
     */
    public DatasetBuckets(ArtifactStore own, List<? extends ArtifactStore> others) {
        this.own = own;
        this.all = new ArrayList<>(List.of(own));
        all.addAll(others);
    }

    /**
     * The store whose bucket an address is in.
     *
     * @throws Refused if it may not be read from
     */
    ArtifactStore of(String location) {
        return all.stream()
                .filter(store -> location.startsWith(store.uri("")))
                .findFirst()
                .orElseThrow(() -> Refused.impossible(
                        "%s does not lie in the pipeline's bucket %s; copy it there, name its bucket in %s, or name a file:/// location"
                                .formatted(location, own.uri(""), SETTING)));
    }

    /**
     * What lies below a prefix now.
     *
     * @param location {@code s3://bucket/prefix/}
     * @throws Refused if its bucket may not be read from
     * @throws StoreUnavailable if the store is away
     */
    public Listing list(String location) {
        var store = of(location);
        return new Listing(location, store.objects(store.key(location)));
    }

    /**
     * Lets a prefix pass that can be watched: what is published must not be taken for what was dropped.
     *
     * @throws Refused if it cannot
     */
    public void requireWatchable(String bucket, String prefix) {
        var location = location(bucket, prefix);
        if (of(location) == own && (prefix.startsWith(PUBLISHED) || PUBLISHED.startsWith(prefix))) {
            throw Refused.impossible(
                    "source.prefix '%s' of %s is where published datasets lie; watch another, as incoming/shapes/"
                            .formatted(prefix, own.uri("")));
        }
    }

    /** The address of a prefix. */
    public static String location(String bucket, String prefix) {
        return "s3://%s/%s".formatted(bucket, prefix);
    }
}
