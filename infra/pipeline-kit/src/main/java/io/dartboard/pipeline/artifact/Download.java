package io.dartboard.pipeline.artifact;

import io.dartboard.events.ArtifactRef;
import io.dartboard.pipeline.identity.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * One download into a file that may hold the beginning already. It has a thread of its own, since a store that has fallen
 * silent would keep whoever reads from it for half a minute: who waits for it can show life and go at once.
 */
final class Download {
    private static final int BUFFER = 1 << 16;

    private final ArtifactStore store;
    private final ArtifactRef ref;
    private final Path folder;
    private final Path part;
    private final String name;
    private final CompletableFuture<String> digest = new CompletableFuture<>();
    private volatile long done;
    private volatile boolean abandoned;

    /**
     * Prepares it.
     *
     * @param folder that holds the {@link #part}, which nobody else may write until {@link #start()} has completed
     * @param name of what it is, for people
     */
    Download(ArtifactStore store, ArtifactRef ref, Path folder, String name) {
        this.store = store;
        this.ref = ref;
        this.folder = folder;
        this.part = part(folder, ref);
        this.name = name;
    }

    /** The file where a download goes on. */
    static Path part(Path folder, ArtifactRef ref) {
        return folder.resolve(ref.getSha256() + ".part");
    }

    /**
     * Begins.
     *
     * @return completes once nothing is written any more, with the digest of all that the file holds then; exceptionally
     *     with {@link StoreUnavailable}, {@link WorkDirUnavailable}, {@link ArtifactMissing} or {@link ArtifactCorrupt}
     */
    CompletableFuture<String> start() {
        var thread = new Thread(this::run, "download-" + ref.getSha256().substring(0, 12));
        thread.setDaemon(true);
        thread.start();
        return digest;
    }

    /** Bytes that the file holds. */
    long done() {
        return done;
    }

    /** It ends at its next buffer, or when the store's silence has lasted too long; what has been written stays. */
    void abandon() {
        abandoned = true;
    }

    private void run() {
        try {
            digest.complete(download());
        } catch (IOException e) {
            digest.completeExceptionally(WorkDirUnavailable.writing(folder, name, ref.getBytes() - done, e));
        } catch (RuntimeException | Error e) {
            digest.completeExceptionally(e);
        }
    }

    private String download() throws IOException {
        var sha256 = Sha256.digest();
        var buffer = new byte[BUFFER];
        if (Files.exists(part)) {
            try (var in = Files.newInputStream(part)) {
                for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    goOn();
                    sha256.update(buffer, 0, n);
                    done += n;
                }
            }
        }
        if (done < ref.getBytes() || !Files.exists(part)) {
            try (var in = store.open(ref, done);
                    var out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                for (var n = read(in, buffer); n >= 0; n = read(in, buffer)) {
                    goOn();
                    out.write(buffer, 0, n);
                    sha256.update(buffer, 0, n);
                    done += n;
                    if (done > ref.getBytes()) {
                        break;
                    }
                }
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private int read(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new StoreUnavailable(
                    "reading %s broke off at byte %d of %d: %s; it goes on from there"
                            .formatted(ref.getUri(), done, ref.getBytes(), e.getMessage()),
                    e);
        }
    }

    private void goOn() {
        if (abandoned) {
            throw new CancellationException("nobody waits for it any more");
        }
    }
}
