package io.dartboard.nas.loop;

import io.dartboard.nas.provenance.Fingerprint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose snapshots a run may go on from: one rule for searches and trainings, of images and of text. A snapshot carries the
 * settings it was made with, the digest of the data among them. One that was made with others is refused by the names of
 * what differs.
 *
 * <p>A snapshot also carries what release 0.3.0 and earlier knew it by, so that those go on from it after a rollback; and
 * one of theirs, which has nothing else, is held against that.
 *
 * @param kind search or training, for messages
 * @param settings all that determines the result
 * @param old facts of release 0.3.0 by name
 */
public record SnapshotIdentity(String kind, Fingerprint settings, Map<String, String> old) {
    /** Under this name release 0.3.0 kept a digest of everything in a training's snapshot. */
    public static final String OLD_FINGERPRINT = "fingerprint";

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotIdentity.class);
    private static final String SETTINGS = "settings";

    public SnapshotIdentity {
        old = Map.copyOf(old);
    }

    /** What a snapshot of this run carries. */
    public Map<String, String> facts() {
        Map<String, String> facts = new HashMap<>(old);
        facts.put(SETTINGS, settings.text());
        return facts;
    }

    /**
     * Goes on from a snapshot of this run.
     *
     * @param restore takes over what it holds; throws {@link IllegalArgumentException} where it is damaged
     * @throws IllegalArgumentException if it is another run's, with each setting that differs, its value then and now
     */
    public <T> T resume(Snapshot snapshot, Function<Snapshot, T> restore) {
        require(snapshot);
        return restore.apply(snapshot);
    }

    /**
     * Goes on from what an earlier attempt has kept, or begins afresh and says why: where a run is named by all that
     * determines its result, that costs time and changes nothing, and to refuse would end it for good.
     *
     * @param kept a snapshot's {@link Snapshot#bytes}; empty if there is none
     * @param restore takes over what it holds; throws {@link IllegalArgumentException} where it is damaged
     * @param start begins afresh
     */
    public <T> T resumeOrStart(Optional<byte[]> kept, Function<Snapshot, T> restore, Supplier<T> start) {
        if (kept.isPresent()) {
            try {
                return resume(Snapshot.of(kept.get()), restore);
            } catch (IllegalArgumentException e) {
                LOG.warn("starts afresh, for the checkpoint cannot be gone on from: {}", e.getMessage());
            }
        }
        return start.get();
    }

    private void require(Snapshot snapshot) {
        String stored = snapshot.content().facts().get(SETTINGS);
        Optional<String> difference = stored == null
                ? oldDifference(snapshot)
                : Fingerprint.read(stored).difference(settings);
        difference.ifPresent(what -> {
            throw new IllegalArgumentException("the snapshot belongs to another %s: %s".formatted(kind, what));
        });
    }

    private Optional<String> oldDifference(Snapshot snapshot) {
        return old.entrySet().stream()
                .filter(fact -> !snapshot.content().fact(fact.getKey()).equals(fact.getValue()))
                .map(fact -> "%s was %s, now %s"
                        .formatted(fact.getKey(), snapshot.content().fact(fact.getKey()), fact.getValue()))
                .sorted()
                .reduce((one, other) -> one + "; " + other);
    }
}
