package io.dartboard.pipeline.artifact;

import io.dartboard.events.ArtifactRef;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where artifacts lie. Any method throws {@link StoreUnavailable} where the store is away, refuses the caller or is full:
 * that passes, and whoever has time tries again.
 */
public interface ArtifactStore {

    /** Writes an object and returns its reference; replaces one with the same key. */
    ArtifactRef put(String key, byte[] content);

    /** Writes a file, in parts where it is large, and returns its reference; replaces an object with the same key. */
    ArtifactRef put(String key, Path file);

    /**
     * Writes an object unless there is one with this key; of several racing writers one wins.
     *
     * @return true for the winner
     */
    boolean putIfAbsent(String key, byte[] content);

    /**
     * An object and how long it has stood so; empty where there is none.
     *
     * @throws ArtifactCorrupt if it is not what was written
     */
    Optional<Seen> find(String key);

    /**
     * Reads an object.
     *
     * @throws ArtifactMissing if there is none
     * @throws ArtifactCorrupt if it is not what was written
     */
    byte[] get(String key);

    /**
     * Reads what a reference names and checks length and digest.
     *
     * @throws ArtifactMissing if there is none
     * @throws ArtifactCorrupt if it is another content
     */
    byte[] get(ArtifactRef ref);

    /**
     * Writes what a reference names into a file, replacing it, and checks length and digest.
     *
     * @throws ArtifactMissing if there is none
     * @throws ArtifactCorrupt if it is another content; the file is gone then
     */
    void download(ArtifactRef ref, Path file);

    /**
     * Reads what a reference names from a byte on, checking nothing: who has read all of it compares the digest. An
     * IOException while reading means that the store broke off.
     *
     * @param offset bytes to leave out; less than there are
     * @throws ArtifactMissing if there is none
     * @throws ArtifactCorrupt if it is already known to be another content
     */
    InputStream open(ArtifactRef ref, long offset);

    /**
     * Reads an object that others may have put there, checking nothing. An IOException while reading means that the store
     * broke off.
     *
     * @throws ArtifactMissing if there is none
     */
    InputStream open(String key);

    /** The objects whose keys begin so, in the order of their keys. */
    List<StoredObject> objects(String prefix);

    /** Keys that begin so, in order. */
    default List<String> list(String prefix) {
        return objects(prefix).stream().map(StoredObject::key).toList();
    }

    /** True if there is an object with this key. */
    boolean exists(String key);

    /** Removes an object; no error where there is none. */
    void delete(String key);

    /** Creates the bucket unless it is there. */
    void ensureBucket();

    /** Where an object with this key lies: s3://bucket/key. */
    String uri(String key);

    /**
     * The key that an address names.
     *
     * @throws IllegalArgumentException if it is not in this store
     */
    default String key(String uri) {
        var root = uri("");
        if (!uri.startsWith(root)) {
            throw new IllegalArgumentException("%s does not lie in %s".formatted(uri, root));
        }
        return uri.substring(root.length());
    }
}
