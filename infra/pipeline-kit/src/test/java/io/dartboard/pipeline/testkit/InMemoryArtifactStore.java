package io.dartboard.pipeline.testkit;

import io.dartboard.events.ArtifactRef;
import io.dartboard.pipeline.artifact.ArtifactCorrupt;
import io.dartboard.pipeline.artifact.ArtifactDigest;
import io.dartboard.pipeline.artifact.ArtifactMissing;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.artifact.Seen;
import io.dartboard.pipeline.artifact.StoreUnavailable;
import io.dartboard.pipeline.artifact.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A store in memory that can be away. */
public final class InMemoryArtifactStore implements ArtifactStore {
    private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final Map<String, Instant> written = new ConcurrentHashMap<>();
    private final Clock clock;
    private final String bucket;
    private final List<Long> offsets = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<InputStream> delivery = UnaryOperator.identity();
    private volatile boolean away;
    private volatile boolean answersAreLost;
    private volatile boolean conditionsAreIgnored;

    public InMemoryArtifactStore() {
        this(Clock.systemUTC());
    }

    /** A store with this clock. */
    public InMemoryArtifactStore(Clock clock) {
        this(clock, "memory");
    }

    /** A store with another bucket. */
    public InMemoryArtifactStore(String bucket) {
        this(Clock.systemUTC(), bucket);
    }

    private InMemoryArtifactStore(Clock clock, String bucket) {
        this.clock = clock;
        this.bucket = bucket;
    }

    /** Goes away, or comes back. */
    public void away(boolean now) {
        away = now;
    }

    /** Does what it is asked to, but its answers get lost on the way. */
    public void loseAnswers(boolean now) {
        answersAreLost = now;
    }

    /** Takes a conditional write for a plain one. */
    public void ignoreConditions(boolean now) {
        conditionsAreIgnored = now;
    }

    /** Makes an object older than it is, as if nobody had written it for so long. */
    public void age(String key, Duration by) {
        written.computeIfPresent(key, (name, time) -> time.minus(by));
    }

    /** What is opened from now on is delivered like this: slowly, in part, damaged. */
    public void deliver(UnaryOperator<InputStream> how) {
        delivery = how;
    }

    /** The byte that each opening has asked for first, in order. */
    public List<Long> offsets() {
        return offsets;
    }

    /** Changes an object behind the store's back. */
    public void tamper(String key, byte[] content) {
        objects.put(key, content.clone());
    }

    @Override
    public synchronized ArtifactRef put(String key, byte[] content) {
        check();
        objects.put(key, content.clone());
        written.put(key, clock.instant());
        if (answersAreLost) {
            throw new StoreUnavailable("the answer was lost");
        }
        return new ArtifactRef(uri(key), ArtifactDigest.sha256(content), (long) content.length);
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
    public synchronized boolean putIfAbsent(String key, byte[] content) {
        check();
        if (objects.containsKey(key) && !conditionsAreIgnored) {
            return false;
        }
        put(key, content);
        return true;
    }

    @Override
    public synchronized Optional<Seen> find(String key) {
        check();
        return Optional.ofNullable(objects.get(key))
                .map(content -> new Seen(
                        content.clone(), Duration.between(written.getOrDefault(key, Instant.EPOCH), clock.instant())));
    }

    @Override
    public byte[] get(String key) {
        check();
        var content = objects.get(key);
        if (content == null) {
            throw new ArtifactMissing(key + " is not there");
        }
        return content.clone();
    }

    @Override
    public InputStream open(String key) {
        return delivery.apply(new ByteArrayInputStream(get(key)));
    }

    @Override
    public byte[] get(ArtifactRef ref) {
        var content = get(key(ref.getUri()));
        if (!ArtifactDigest.sha256(content).equals(ref.getSha256())) {
            throw new ArtifactCorrupt(ref.getUri() + " is another content");
        }
        return content;
    }

    @Override
    public void download(ArtifactRef ref, Path file) {
        try {
            Files.deleteIfExists(file);
            Files.write(file, get(ref));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream open(ArtifactRef ref, long offset) {
        var content = get(key(ref.getUri()));
        if (offset >= content.length && offset > 0) {
            throw new ArtifactCorrupt("%s ends before byte %d".formatted(ref.getUri(), offset));
        }
        offsets.add(offset);
        return delivery.apply(new ByteArrayInputStream(content, (int) offset, content.length - (int) offset));
    }

    @Override
    public List<StoredObject> objects(String prefix) {
        check();
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> new StoredObject(
                        entry.getKey(),
                        entry.getValue().length,
                        ArtifactDigest.sha256(entry.getValue()),
                        written.getOrDefault(entry.getKey(), Instant.EPOCH)))
                .toList();
    }

    /** Without a look at what is in them. */
    @Override
    public List<String> list(String prefix) {
        check();
        return objects.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    @Override
    public boolean exists(String key) {
        check();
        return objects.containsKey(key);
    }

    @Override
    public void delete(String key) {
        check();
        objects.remove(key);
    }

    @Override
    public void ensureBucket() {
        check();
    }

    @Override
    public String uri(String key) {
        return "s3://%s/%s".formatted(bucket, key);
    }

    private void check() {
        if (away) {
            throw new StoreUnavailable("the store in memory is away");
        }
    }
}
