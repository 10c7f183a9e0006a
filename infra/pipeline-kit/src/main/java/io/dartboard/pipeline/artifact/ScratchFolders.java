package io.dartboard.pipeline.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders for one piece of work each, in a folder that the processes of a machine may share. Whoever has one has its lock,
 * so that what a killed process has left behind is known by a lock that nobody has, and is swept.
 */
public final class ScratchFolders {
    private static final Logger LOG = LoggerFactory.getLogger(ScratchFolders.class);
    private static final String LOCK = ".lock";

    private final Path root;

    /** Below a folder, which is created when one is first taken. */
    public ScratchFolders(Path root) {
        this.root = root;
    }

    /**
     * Takes a new, empty one.
     *
     * @param what it is for, for people
     * @throws WorkDirUnavailable if it cannot be created
     */
    public Scratch take(String what) {
        try {
            Files.createDirectories(root);
            var folder = root.resolve(UUID.randomUUID().toString());
            var lock = MachineLock.tryTake(lockOf(folder))
                    .orElseThrow(() -> new IOException("%s is taken".formatted(folder)));
            return new Scratch(Files.createDirectory(folder), lock);
        } catch (IOException e) {
            throw WorkDirUnavailable.writing(root, what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw WorkDirUnavailable.writing(root, what, new IOException("interrupted", e));
        }
    }

    /** Removes what killed processes have left behind; says why if it cannot. */
    public void sweep() {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (var left = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (var folder : left) {
                var lock = MachineLock.tryTake(lockOf(folder));
                if (lock.isPresent()) {
                    new Scratch(folder, lock.get()).close();
                    LOG.info("removed {}, which a process that is gone has left behind", folder);
                }
            }
        } catch (IOException e) {
            LOG.warn("could not sweep {}: {}", root, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Path lockOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + LOCK);
    }

    /** A folder of one's own; closing removes it with all that is in it. */
    public record Scratch(Path folder, MachineLock lock) implements AutoCloseable {
        @Override
        public void close() {
            try {
                Folders.remove(folder);
                Files.deleteIfExists(lockOf(folder));
            } catch (IOException e) {
                LOG.warn("could not remove {}: {}", folder, e.toString());
            } finally {
                lock.close();
            }
        }
    }
}
