package io.dartboard.search;

import io.dartboard.events.ArtifactRef;
import io.dartboard.nas.provenance.Digests;
import io.dartboard.pipeline.artifact.ArtifactCorrupt;
import io.dartboard.pipeline.artifact.ArtifactMissing;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.artifact.StoreUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** Artifacts in memory. */
final class FakeArtifactStore implements ArtifactStore {
    private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private volatile boolean away;

    void away(boolean isAway) {
        away = isAway;
    }

    @Override
    public ArtifactRef put(String key, byte[] content) {
        open().put(key, content.clone());
        return new ArtifactRef(uri(key), Digests.sha256(content), (long) content.length);
    }

    @Override
    public ArtifactRef put(String key, Path file) {
        try {
            return put(key, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content) {
        return open().putIfAbsent(key, content.clone()) == null;
    }

    @Override
    public byte[] get(String key) {
        var content = open().get(key);
        if (content == null) {
            throw new ArtifactMissing(key + " is not there");
        }
        return content.clone();
    }

    @Override
    public byte[] get(ArtifactRef ref) {
        var content = get(key(ref.getUri()));
        if (!Digests.sha256(content).equals(ref.getSha256())) {
            throw new ArtifactCorrupt(ref.getUri() + " has another content");
        }
        return content;
    }

    @Override
    public void download(ArtifactRef ref, Path file) {
        try {
            Files.write(file, get(ref));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> list(String prefix) {
        return open().keySet().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    @Override
    public boolean exists(String key) {
        return open().containsKey(key);
    }

    @Override
    public void delete(String key) {
        open().remove(key);
    }

    @Override
    public void ensureBucket() {
        open();
    }

    @Override
    public String uri(String key) {
        return "s3://nas/" + key;
    }

    private ConcurrentSkipListMap<String, byte[]> open() {
        if (away) {
            throw new StoreUnavailable("the store is away");
        }
        return objects;
    }
}
