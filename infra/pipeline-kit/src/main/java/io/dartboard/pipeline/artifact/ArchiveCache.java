package io.dartboard.pipeline.artifact;

import io.dartboard.events.ArtifactRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Local copies of archives, by digest, for all services of a machine. A download that breaks off, whoever did it and
 * however it ended, is gone on with from the byte where it stopped. A copy is verified once, and again when its size or
 * time is no longer what it was then; a damaged one is fetched anew.
 *
 * <p>Beside a copy named by its digest lie {@code .part}, what has been fetched of it so far; {@code .checked}, what it was
 * when it was verified, written at each use; and {@code .lock}, which says who fetches it. What others make of a copy lies
 * in a folder of its own and goes when the copy goes.
 */
public final class ArchiveCache {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveCache.class);
    private static final long LOOK_MS = 200;
    /** Whoever has asked for a copy opens it within this time. */
    private static final Duration STILL_BEING_READ = Duration.ofHours(1);

    private final ArtifactStore store;
    private final Path folder;
    private final Clock clock;

    /** As {@link #ArchiveCache(ArtifactStore, Path, Clock)}, by the system's clock. */
    public ArchiveCache(ArtifactStore store, Path workDir) {
        this(store, workDir, Clock.systemUTC());
    }

    /**
     * A cache in {@code <workDir>/archives}.
     *
     * @param workDir folder of this machine; several services may share it
     * @param clock the time, which says what has long been unused
     */
    public ArchiveCache(ArtifactStore store, Path workDir, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.folder = workDir.resolve("archives");
    }

    /**
     * The local copy.
     *
     * @param name of what it is, for people: "dataset cifar10 version 1"
     * @param preparation told how far it is, several times a second; what it throws ends the call within that time, and the
     *     part that has been fetched stays
     * @return a file that must not be changed
     * @throws ArtifactMissing if there is no such archive
     * @throws ArtifactCorrupt if the store holds another content
     * @throws StoreUnavailable if the store is away
     * @throws WorkDirUnavailable if there is no space for it on this machine, or no right to write
     */
    public Path fetch(ArtifactRef ref, String name, Preparation preparation) throws InterruptedException {
        if (!ref.getSha256().matches("[0-9a-f]{64}")) {
            throw new ArtifactCorrupt("'%s' is no SHA-256 of %s".formatted(ref.getSha256(), ref.getUri()));
        }
        preparation.at("fetching " + name, 0, 0);
        try {
            Files.createDirectories(folder);
            var lock = MachineLock.take(
                    beside(ref, ".lock"),
                    () -> preparation.waits("waiting for %s, which another job fetches".formatted(name)));
            var held = new Held(lock);
            try {
                return fetch(ref, name, preparation, held);
            } finally {
                held.giveBack();
            }
        } catch (IOException e) {
            throw WorkDirUnavailable.writing(folder, name, ref.getBytes(), e);
        }
    }

    /**
     * Removes what no job has asked for in so long. Says why if it cannot.
     *
     * @param keep time since an archive was last asked for
     */
    public void removeUnused(Duration keep) throws InterruptedException {
        try {
            if (Files.isDirectory(folder)) {
                new UnusedArchives(folder).remove(FileTime.from(clock.instant().minus(keep)));
            }
        } catch (IOException e) {
            LOG.warn("could not remove unused archives in {}: {}", folder, e.toString());
        }
    }

    private Path fetch(ArtifactRef ref, String name, Preparation preparation, Held held)
            throws IOException, InterruptedException {
        var file = folder.resolve(ref.getSha256());
        if (isWhole(file, ref, name, preparation)) {
            return file;
        }
        var part = Download.part(folder, ref);
        if (Files.exists(part) && Files.size(part) > ref.getBytes()) {
            Files.delete(part);
        }
        try {
            download(ref, part, name, preparation, held);
        } catch (ArtifactCorrupt e) {
            // The part was damaged, or the body on its way; a second time it is the archive itself.
            LOG.warn("{} is fetched anew: {}", file, e.getMessage());
            download(ref, part, name, preparation, held);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        remember(file, ref);
        return file;
    }

    /** Fetches what is missing; after that, the part is the archive, or it is gone. */
    private void download(ArtifactRef ref, Path part, String name, Preparation preparation, Held held)
            throws IOException, InterruptedException {
        requireSpace(ref.getBytes() - (Files.exists(part) ? Files.size(part) : 0), name);
        var download = new Download(store, ref, folder, name);
        var running = download.start();
        held.until(running);
        try {
            var digest = await(running, () -> preparation.at("fetching " + name, download.done(), ref.getBytes()));
            if (!digest.equals(ref.getSha256())) {
                throw new ArtifactCorrupt("%s has SHA-256 %s in %d bytes and should have %s in %d"
                        .formatted(ref.getUri(), digest, download.done(), ref.getSha256(), ref.getBytes()));
            }
        } catch (ArtifactCorrupt e) {
            Files.deleteIfExists(part);
            throw e;
        } finally {
            download.abandon();
        }
    }

    private static String await(CompletableFuture<String> running, Runnable meanwhile) throws InterruptedException {
        while (true) {
            try {
                return running.get(LOOK_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                meanwhile.run();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new CompletionException(e.getCause());
            }
        }
    }

    /**
     * Where something lies that is made of a copy and can be made again: {@code <workDir>/made/<digest>-<what>}. Who writes
     * it holds the lock of that name and {@code .lock} meanwhile, and may begin it under that name and {@code .part}.
     *
     * @param copy as {@link #fetch} has given it
     */
    public Path made(Path copy, String what) {
        return UnusedArchives.madeFolder(folder).resolve("%s-%s".formatted(copy.getFileName(), what));
    }

    /**
     * Makes room on this machine's disk from copies that have long been unused.
     *
     * @param bytes that are wanted
     * @param name of what for, for people
     * @throws WorkDirUnavailable if there is not so much even then
     */
    public void requireSpace(long bytes, String name) throws IOException, InterruptedException {
        new UnusedArchives(folder).makeRoom(bytes, FileTime.from(clock.instant().minus(STILL_BEING_READ)));
        var free = Files.getFileStore(folder).getUsableSpace();
        if (free < bytes) {
            throw WorkDirUnavailable.full(folder, name, bytes, free);
        }
    }

    private boolean isWhole(Path file, ArtifactRef ref, String name, Preparation preparation) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        if (Files.size(file) == ref.getBytes()
                && (isRemembered(file, ref) || digest(file, name, preparation).equals(ref.getSha256()))) {
            remember(file, ref);
            return true;
        }
        LOG.warn("{} is damaged and is fetched anew", file);
        return false;
    }

    private static String digest(Path file, String name, Preparation preparation) throws IOException {
        var bytes = Files.size(file);
        return ArtifactDigest.sha256(file, done -> preparation.at("checking " + name, done, bytes));
    }

    /** A file that was written in the very tick in which it was verified may have changed since and does not show it. */
    private boolean isRemembered(Path file, ArtifactRef ref) throws IOException {
        var checked = beside(ref, ".checked");
        return Files.exists(checked)
                && Files.readString(checked).equals(look(file))
                && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(checked)) < 0;
    }

    private void remember(Path file, ArtifactRef ref) throws IOException {
        Files.writeString(beside(ref, ".checked"), look(file));
    }

    private static String look(Path file) throws IOException {
        return "%s %s".formatted(Files.size(file), Files.getLastModifiedTime(file));
    }

    private Path beside(ArtifactRef ref, String suffix) {
        return folder.resolve(ref.getSha256() + suffix);
    }

    /** The lock of an archive; whoever leaves a download behind leaves it the lock as well. */
    private static final class Held {
        private final MachineLock lock;
        private CompletableFuture<?> last = CompletableFuture.completedFuture("");

        Held(MachineLock lock) {
            this.lock = lock;
        }

        void until(CompletableFuture<?> running) {
            last = running;
        }

        void giveBack() {
            last.whenComplete((digest, failure) -> lock.close());
        }
    }
}
