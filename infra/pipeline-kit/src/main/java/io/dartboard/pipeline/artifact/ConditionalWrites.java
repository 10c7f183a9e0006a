package io.dartboard.pipeline.artifact;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Finds out whether a store honours {@code If-None-Match}: leases and results rest on it. */
public final class ConditionalWrites {
    /** Where it tries; nothing stays there. */
    public static final String PLACE = "probes/";

    private ConditionalWrites() {}

    /**
     * Returns if it does.
     *
     * @throws StoreUnavailable if it does not, with one line, or is away
     */
    public static void require(ArtifactStore store) {
        var key = PLACE + UUID.randomUUID();
        try {
            var first = store.putIfAbsent(key, "first".getBytes(StandardCharsets.UTF_8));
            var second = store.putIfAbsent(key, "second".getBytes(StandardCharsets.UTF_8));
            if (!first || second) {
                throw new StoreUnavailable(
                        "the artifact store at %s ignores If-None-Match, so two workers could have one job; use a store that honours conditional writes, as MinIO, AWS S3 or Ceph do, and no proxy that drops the header"
                                .formatted(store.uri("")));
            }
        } finally {
            store.delete(key);
        }
    }
}
