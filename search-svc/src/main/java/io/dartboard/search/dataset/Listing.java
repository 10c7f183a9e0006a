package io.dartboard.search.dataset;

import io.dartboard.nas.data.ForeignFiles;
import io.dartboard.pipeline.artifact.ArtifactDigest;
import io.dartboard.pipeline.artifact.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What lies below a prefix of a bucket at one moment.
 *
 * @param location the prefix, as {@code s3://bucket/prefix/}
 * @param objects all but the empty ones that stand for folders, in the order of their keys
 */
public record Listing(String location, List<StoredObject> objects) {
    private static final List<String> PACKED = List.of(".tar.gz", ".tgz", ".tar", ".zip");

    public Listing {
        objects = objects.stream().filter(object -> !object.key().endsWith("/")).toList();
    }

    /** SHA-256 over the location, and over key, size and etag of each object; where a store has no etags its time counts. */
    public String digest() {
        var text = new StringBuilder(location).append('\n');
        for (var object : objects) {
            var mark = object.etag().isEmpty() ? object.written().toString() : object.etag();
            text.append(object.key())
                    .append('\t')
                    .append(object.bytes())
                    .append('\t')
                    .append(mark)
                    .append('\n');
        }
        return ArtifactDigest.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Of all objects. */
    public long bytes() {
        return objects.stream().mapToLong(StoredObject::bytes).sum();
    }

    /**
     * The archive that was written last, where nothing but archives lies there: whoever drops one a day means the newest. Names
     * with a dot or an underscore in front do not count.
     */
    Optional<StoredObject> newestArchive() {
        var told = objects.stream()
                .filter(object -> !isMark(object.key()) && !ForeignFiles.isForeign(object.key()))
                .toList();
        return told.stream()
                .max(Comparator.comparing(StoredObject::written).thenComparing(StoredObject::key))
                .filter(newest -> told.stream().allMatch(object -> isPacked(object.key())));
    }

    /** As programs leave one when they have written all. */
    private static boolean isMark(String key) {
        return key.substring(key.lastIndexOf('/') + 1).startsWith("_");
    }

    private static boolean isPacked(String key) {
        return PACKED.stream().anyMatch(key.toLowerCase(Locale.ROOT)::endsWith);
    }
}
