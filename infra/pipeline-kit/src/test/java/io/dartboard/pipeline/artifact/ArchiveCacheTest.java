package io.dartboard.pipeline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dartboard.events.ArtifactRef;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveCacheTest {
    private static final int PART = 150_000;
    private static final byte[] IMAGES = new byte[400_000];

    static {
        new Random(5).nextBytes(IMAGES);
    }

    @TempDir
    Path work;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final Told told = new Told();

    @Test
    void shouldFetchOnceAndThenDoWithoutTheStore() throws Exception {
        var ref = store.put("datasets/tiny/v1/archive", IMAGES);

        var file = fetch(ref);
        store.away(true);

        assertThat(file).hasBinaryContent(IMAGES);
        assertThat(fetch(ref)).isEqualTo(file);
        assertThat(told.lines).contains("fetching tiny");
    }

    @Test
    void shouldFetchADamagedCopyAnew() throws Exception {
        var ref = store.put("datasets/tiny/v1/archive", "images".getBytes(StandardCharsets.UTF_8));
        Files.writeString(fetch(ref), "damage");

        assertThat(fetch(ref)).hasContent("images");
    }

    @Test
    void shouldCheckACopyOnceAndAgainWhenItHasBeenWritten() throws Exception {
        var ref = store.put("a", IMAGES);
        var file = fetch(ref);
        var checked = file.resolveSibling(ref.getSha256() + ".checked");
        setTime(file, 1_000);
        fetch(ref);
        assertThat(told.lines).contains("checking tiny");

        told.lines.clear();
        fetch(ref);
        assertThat(told.lines).doesNotContain("checking tiny");

        setTime(file, 2_000);
        fetch(ref);
        assertThat(told.lines).contains("checking tiny");

        told.lines.clear();
        setTime(checked, 2_000);
        fetch(ref);
        assertThat(told.lines).as("written in the tick of its check").contains("checking tiny");
    }

    @Test
    void shouldLeaveNothingToTakeForTheArchiveWhenTheStoreHoldsAnotherContent() {
        var ref = store.put("a", IMAGES);
        store.tamper("a", "others".getBytes(StandardCharsets.UTF_8));
        store.deliver(in -> in);

        assertThatThrownBy(() -> fetch(ref)).isInstanceOf(ArtifactCorrupt.class);
        assertThat(left(ref, "")).doesNotExist();
        assertThat(left(ref, ".part")).doesNotExist();
    }

    @Test
    void shouldRefuseAReferenceThatWouldLeaveItsFolder() {
        var ref = new ArtifactRef(store.uri("a"), "../../etc/passwd", 1L);

        assertThatThrownBy(() -> fetch(ref)).isInstanceOf(ArtifactCorrupt.class);
    }

    @Test
    void shouldGoOnWhereTheStoreBrokeOff() throws Exception {
        var ref = store.put("a", IMAGES);
        store.deliver(in -> endingAfter(PART, in, () -> {
            throw new IOException("connection reset");
        }));
        assertThatThrownBy(() -> fetch(ref))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("at byte %d of %d: connection reset".formatted(PART, IMAGES.length));
        assertThat(left(ref, ".part")).hasSize(PART);

        store.deliver(in -> in);

        assertThat(fetch(ref)).hasBinaryContent(IMAGES);
        assertThat(store.offsets()).containsExactly(0L, (long) PART);
        assertThat(left(ref, ".part")).doesNotExist();
    }

    @Test
    void shouldStopWhileTheStoreIsSilentAndLeaveThePartToTheNext() throws Exception {
        var ref = store.put("a", IMAGES);
        var silent = new CountDownLatch(1);
        var ends = new CountDownLatch(1);
        store.deliver(in -> endingAfter(PART, in, () -> {
            silent.countDown();
            uninterruptibly(ends);
        }));
        var stop = new AtomicBoolean();
        var stopped = CompletableFuture.runAsync(() -> fetch(ref, (activity, done) -> {
            told.beat();
            if (stop.get()) {
                throw new CancellationException("the run is paused");
            }
        }));
        silent.await();
        told.awaitBeats();
        stop.set(true);

        assertThatThrownBy(stopped::join).hasRootCauseMessage("the run is paused");
        assertThat(left(ref, ".part")).hasSize(PART);

        // The one that was left behind has the archive until the store ends its silence, and writes nothing more.
        var next = CompletableFuture.supplyAsync(() -> fetch(ref, (activity, done) -> told.add(activity)));
        await().until(() -> told.lines.contains("waiting for tiny, which another job fetches"));
        store.deliver(in -> in);
        ends.countDown();
        assertThat(next.join()).hasBinaryContent(IMAGES);
        assertThat(store.offsets()).containsExactly(0L, (long) PART);
    }

    @Test
    void shouldBeginADamagedPartAnewOnce() throws Exception {
        var ref = store.put("a", IMAGES);
        Files.createDirectories(work.resolve("archives"));
        Files.write(left(ref, ".part"), new byte[PART]);

        assertThat(fetch(ref)).hasBinaryContent(IMAGES);
        assertThat(store.offsets()).containsExactly((long) PART, 0L);

        Files.delete(left(ref, ""));
        Files.write(left(ref, ".part"), new byte[PART]);
        store.deliver(in -> new SequenceInputStream(new ByteArrayInputStream(new byte[1]), in));
        assertThatThrownBy(() -> fetch(ref)).isInstanceOf(ArtifactCorrupt.class);
        assertThat(store.offsets()).hasSize(4);
        assertThat(left(ref, ".part")).doesNotExist();
    }

    @Test
    void shouldAskOnceMoreWhenABodyWasCutShortOnItsWay() {
        var ref = store.put("a", IMAGES);
        var cut = new AtomicBoolean();
        store.deliver(in -> cut.getAndSet(true) ? in : new ByteArrayInputStream(IMAGES, 0, PART));

        assertThat(fetch(ref)).hasBinaryContent(IMAGES);
        assertThat(store.offsets()).containsExactly(0L, 0L);
    }

    @Test
    void shouldTakeAPartThatIsLongerThanTheArchiveForNone() throws Exception {
        var ref = store.put("a", IMAGES);
        Files.createDirectories(work.resolve("archives"));
        Files.write(left(ref, ".part"), new byte[IMAGES.length + 1]);

        assertThat(fetch(ref)).hasBinaryContent(IMAGES);
        assertThat(store.offsets()).containsExactly(0L);
    }

    @Test
    void shouldSayWhichFolderMustBeWrittenAndHowMuchSpaceIsNeeded() throws Exception {
        var ref = store.put("a", IMAGES);
        Files.writeString(work.resolve("archives"), "a file where the folder should be");

        assertThatThrownBy(() -> fetch(ref))
                .isInstanceOf(WorkDirUnavailable.class)
                .hasMessageContaining(work.resolve("archives").toString())
                .hasMessageContaining("needs 1 MB")
                .hasMessageContaining("dartboard.work-dir");

        Files.delete(work.resolve("archives"));
        var huge = new ArtifactRef(ref.getUri(), ref.getSha256(), Long.MAX_VALUE / 2);
        assertThatThrownBy(() -> fetch(huge))
                .isInstanceOf(WorkDirUnavailable.class)
                .hasMessageContaining("MB are free");
        assertThat(store.offsets()).isEmpty();
    }

    @Test
    void shouldLetSeveralFetchTheSameAtOnce() throws Exception {
        var ref = store.put("a", IMAGES);
        var fetches = new ArrayList<CompletableFuture<Path>>();
        for (var i = 0; i < 4; i++) {
            fetches.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return new ArchiveCache(store, work).fetch(ref, "tiny", Preparation.UNWATCHED);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    task -> new Thread(task).start()));
        }
        for (var fetch : fetches) {
            assertThat(fetch.join()).hasBinaryContent(IMAGES);
        }
        assertThat(store.offsets()).containsExactly(0L);
    }

    @Test
    void shouldRemoveWhatNoJobHasAskedForInLong() throws Exception {
        var old = store.put("old", "old".getBytes(StandardCharsets.UTF_8));
        var fresh = store.put("fresh", "fresh".getBytes(StandardCharsets.UTF_8));
        var broken = store.put("broken", IMAGES);
        var now = Instant.parse("2026-01-31T00:00:00Z");
        var copy = fetch(old);
        fetch(fresh);
        store.deliver(in -> endingAfter(PART, in, () -> {
            throw new IOException("connection reset");
        }));
        assertThatThrownBy(() -> fetch(broken)).isInstanceOf(StoreUnavailable.class);
        setTime(left(old, ".checked"), now.minus(Duration.ofDays(31)).toEpochMilli());
        setTime(left(fresh, ".checked"), now.minus(Duration.ofDays(29)).toEpochMilli());
        setTime(left(broken, ".part"), now.minus(Duration.ofDays(31)).toEpochMilli());
        var cache = new ArchiveCache(store, work, Clock.fixed(now, ZoneOffset.UTC));

        try (var used = MachineLock.take(left(broken, ".lock"), () -> {})) {
            assertThat(used).isNotNull();
            cache.removeUnused(Duration.ofDays(30));
        }
        assertThat(copy).doesNotExist();
        assertThat(left(fresh, "")).hasContent("fresh");
        assertThat(left(broken, ".part")).as("somebody has it").hasSize(PART);

        cache.removeUnused(Duration.ofDays(30));
        assertThat(left(broken, ".part")).doesNotExist();
    }

    @Test
    void shouldRemoveWhatWasMadeOfACopyWithTheCopy() throws Exception {
        var old = store.put("old", "old".getBytes(StandardCharsets.UTF_8));
        var fresh = store.put("fresh", "fresh".getBytes(StandardCharsets.UTF_8));
        var now = Instant.parse("2026-01-31T00:00:00Z");
        var copy = fetch(old);
        var kept = fetch(fresh);
        setTime(left(old, ".checked"), now.minus(Duration.ofDays(31)).toEpochMilli());
        setTime(left(fresh, ".checked"), now.minus(Duration.ofDays(29)).toEpochMilli());
        var cache = new ArchiveCache(store, work, Clock.fixed(now, ZoneOffset.UTC));
        var madeOfOld = made(cache, copy, "pixels");
        var begunOfOld = made(cache, copy, "others.part");
        var beingMade = made(cache, copy, "busy");
        var madeOfFresh = made(cache, kept, "pixels");

        try (var busy = MachineLock.take(beingMade.resolveSibling(beingMade.getFileName() + ".lock"), () -> {})) {
            assertThat(busy).isNotNull();
            cache.removeUnused(Duration.ofDays(30));
        }

        assertThat(madeOfOld).doesNotExist();
        assertThat(begunOfOld).doesNotExist();
        assertThat(beingMade).as("somebody makes it").exists();
        assertThat(madeOfFresh).exists();
    }

    /** Something made of a copy, with the lock that whoever made it took. */
    private static Path made(ArchiveCache cache, Path copy, String what) throws IOException {
        var file = cache.made(copy, what);
        Files.createDirectories(file.getParent());
        var lock = String.valueOf(file.getFileName()).replace(".part", "") + ".lock";
        Files.writeString(file.resolveSibling(lock), "");
        return Files.writeString(file, what);
    }

    @Test
    void shouldMakeRoomFromTheLongestUnusedAndSpareWhatIsBeingRead() throws Exception {
        var old = store.put("old", "old".getBytes(StandardCharsets.UTF_8));
        var read = store.put("read", "read".getBytes(StandardCharsets.UTF_8));
        fetch(old);
        setTime(left(old, ".checked"), 1_000);
        fetch(read);

        assertThatThrownBy(() -> fetch(new ArtifactRef(store.uri("huge"), "a".repeat(64), Long.MAX_VALUE / 2)))
                .isInstanceOf(WorkDirUnavailable.class);

        assertThat(left(old, "")).doesNotExist();
        assertThat(left(read, "")).hasContent("read");
    }

    private Path fetch(ArtifactRef ref) {
        return fetch(ref, (activity, done) -> told.add(activity));
    }

    private Path fetch(ArtifactRef ref, Watcher watcher) {
        try {
            return new ArchiveCache(store, work).fetch(ref, "tiny", new Preparation() {
                @Override
                public void at(String activity, long done, long total) {
                    watcher.at(activity, done);
                }

                @Override
                public void waits(String reason) {
                    watcher.at(reason, 0);
                }
            });
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path left(ArtifactRef ref, String suffix) {
        return work.resolve("archives").resolve(ref.getSha256() + suffix);
    }

    private static void setTime(Path file, long millis) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Delivers so many bytes, and then does this before each further read. */
    private static InputStream endingAfter(int bytes, InputStream in, Ending then) {
        return new FilterInputStream(in) {
            private int left = bytes;

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (left == 0) {
                    then.run();
                }
                var n = super.read(buffer, offset, left == 0 ? length : Math.min(length, left));
                left -= Math.min(left, n);
                return n;
            }
        };
    }

    @FunctionalInterface
    private interface Watcher {
        void at(String activity, long done);
    }

    @FunctionalInterface
    private interface Ending {
        void run() throws IOException;
    }

    /** What was told, and how often. */
    private static final class Told {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final CountDownLatch beats = new CountDownLatch(5);

        void add(String line) {
            lines.add(line);
        }

        void beat() {
            beats.countDown();
        }

        /** Several signs of life, though no buffer has come. */
        void awaitBeats() throws InterruptedException {
            beats.await();
        }
    }
}
