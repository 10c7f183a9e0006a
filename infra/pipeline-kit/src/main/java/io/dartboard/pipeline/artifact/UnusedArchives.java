package io.dartboard.pipeline.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of a cache's folder nobody needs, and what has been made of it. An archive was last used when its part or the note of its check was last written;
 * one whose lock somebody has is never removed. All can be fetched again.
 */
final class UnusedArchives {
    private static final Logger LOG = LoggerFactory.getLogger(UnusedArchives.class);
    private static final String LOCK = ".lock";

    private final Path folder;

    /** In a folder that is there. */
    UnusedArchives(Path folder) {
        this.folder = folder;
    }

    /**
     * Removes copies and parts, the longest unused first, until the folder has so much space.
     *
     * @param bytes space that is wanted; there may be less at the end
     * @param before only what has not been used since then
     */
    void makeRoom(long bytes, FileTime before) throws IOException, InterruptedException {
        for (var lock : unused(before)) {
            if (Files.getFileStore(folder).getUsableSpace() >= bytes) {
                return;
            }
            remove(lock);
        }
    }

    /** Removes copies and parts that have not been used since then. */
    void remove(FileTime before) throws IOException, InterruptedException {
        for (var lock : unused(before)) {
            remove(lock);
        }
    }

    private List<Path> unused(FileTime before) throws IOException {
        record Use(Path lock, FileTime last) {}
        var uses = new ArrayList<Use>();
        try (var files = Files.newDirectoryStream(folder, "*" + LOCK)) {
            for (var lock : files) {
                lastUse(lock).ifPresent(last -> uses.add(new Use(lock, last)));
            }
        }
        return uses.stream()
                .filter(use -> use.last().compareTo(before) < 0)
                .sorted(Comparator.comparing(Use::last))
                .map(Use::lock)
                .toList();
    }

    private void remove(Path lock) throws IOException, InterruptedException {
        var taken = MachineLock.tryTake(lock);
        if (taken.isEmpty()) {
            return;
        }
        try (var held = taken.get()) {
            var bytes = 0L;
            for (var suffix : List.of(".checked", ".part", "")) {
                var file = beside(lock, suffix);
                if (Files.exists(file)) {
                    bytes += Files.size(file);
                    Files.delete(file);
                }
            }
            LOG.info("removed the unused archive {}, {} bytes", beside(lock, ""), bytes);
            removeMade(String.valueOf(beside(lock, "").getFileName()));
        }
    }

    /** Removes what has been made of an archive, but for what is being made. */
    private void removeMade(String digest) throws IOException, InterruptedException {
        var made = madeFolder(folder);
        if (!Files.isDirectory(made)) {
            return;
        }
        try (var locks = Files.newDirectoryStream(made, digest + "-*" + LOCK)) {
            for (var lock : locks) {
                var taken = MachineLock.tryTake(lock);
                if (taken.isPresent()) {
                    try (var held = taken.get()) {
                        Files.deleteIfExists(beside(lock, ".part"));
                        Files.deleteIfExists(beside(lock, ""));
                    }
                }
            }
        }
    }

    /** Beside the cache's folder. */
    static Path madeFolder(Path folder) {
        return folder.resolveSibling("made");
    }

    private Optional<FileTime> lastUse(Path lock) throws IOException {
        var last = Optional.<FileTime>empty();
        for (var suffix : List.of(".checked", ".part")) {
            var file = beside(lock, suffix);
            if (Files.exists(file)) {
                var time = Files.getLastModifiedTime(file);
                last = Optional.of(
                        last.filter(other -> other.compareTo(time) > 0).orElse(time));
            }
        }
        return last;
    }

    private static Path beside(Path lock, String suffix) {
        var name = String.valueOf(lock.getFileName());
        return lock.resolveSibling(name.substring(0, name.length() - LOCK.length()) + suffix);
    }
}
