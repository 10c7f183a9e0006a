package io.dartboard.pipeline.artifact;

import io.dartboard.events.ArtifactRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Local copies of archives, by digest. A copy is verified each time it is asked for and fetched anew if it is damaged. */
public final class ArchiveCache {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveCache.class);

    private final ArtifactStore store;
    private final Path folder;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    /**
     * A cache in {@code <workDir>/archives}.
     *
     * @param workDir folder of this machine; several services may share it
     */
    public ArchiveCache(ArtifactStore store, Path workDir) {
        this.store = store;
        this.folder = workDir.resolve("archives");
    }

    /**
     * The local copy.
     *
     * @return a file that must not be changed
     * @throws ArtifactMissing if there is no such archive
     * @throws ArtifactCorrupt if the store holds another content
     * @throws StoreUnavailable if the store is away
     */
    public Path fetch(ArtifactRef ref) {
        if (!ref.getSha256().matches("[0-9a-f]{64}")) {
            throw new ArtifactCorrupt("'%s' is no SHA-256 of %s".formatted(ref.getSha256(), ref.getUri()));
        }
        synchronized (locks.computeIfAbsent(ref.getSha256(), digest -> new Object())) {
            try {
                var file = folder.resolve(ref.getSha256());
                if (isWhole(file, ref)) {
                    return file;
                }
                Files.createDirectories(folder);
                var incoming = Files.createTempFile(folder, ref.getSha256().substring(0, 12) + "-", ".part");
                try {
                    store.download(ref, incoming);
                    Files.move(incoming, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } finally {
                    Files.deleteIfExists(incoming);
                }
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "cannot write to %s; set dartboard.work-dir to a folder with space".formatted(folder), e);
            }
        }
    }

    private static boolean isWhole(Path file, ArtifactRef ref) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        if (Files.size(file) == ref.getBytes() && Digests.sha256(file).equals(ref.getSha256())) {
            return true;
        }
        LOG.warn("{} is damaged and is fetched anew", file);
        return false;
    }
}
