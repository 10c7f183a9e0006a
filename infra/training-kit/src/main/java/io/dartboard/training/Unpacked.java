package io.dartboard.training;

import io.dartboard.nas.data.DatasetArchive;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives of photographs, unpacked. A folder appears under its archive's name only when it is whole, so that a service
 * that is killed while it unpacks leaves nothing behind that could be taken for a dataset; and it remembers how many files
 * it has, so that files that are gone when it is used again are unpacked again.
 */
final class Unpacked {
    private static final Logger LOG = LoggerFactory.getLogger(Unpacked.class);
    /** Holds the number of the other files. */
    private static final String COUNT = ".dartboard-files";

    private final Path root;

    /** Unpacks below {@code <workDir>/unpacked}. */
    Unpacked(Path workDir) {
        this.root = workDir.resolve("unpacked");
    }

    /**
     * The folder with an archive's files, unpacked unless it is there already.
     *
     * @throws io.dartboard.nas.data.InvalidDatasetException if it is no archive
     */
    Path of(Path archive) throws IOException {
        var folder = root.resolve(String.valueOf(archive.getFileName()));
        if (Files.isDirectory(folder)) {
            if (!isWhole(folder)) {
                LOG.warn("files are missing in {}; they are unpacked again", folder);
                unpack(archive, folder);
            }
            return folder;
        }
        Files.createDirectories(root);
        var part = Files.createTempDirectory(root, ".part-");
        try {
            unpack(archive, part);
            Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            // Another worker on this machine was faster.
            remove(part);
        } catch (IOException e) {
            remove(part);
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        return folder;
    }

    private static void unpack(Path archive, Path folder) throws IOException {
        DatasetArchive.extract(archive, folder);
        Files.writeString(folder.resolve(COUNT), Long.toString(files(folder)));
    }

    private static boolean isWhole(Path folder) throws IOException {
        var count = folder.resolve(COUNT);
        return Files.exists(count) && Files.readString(count).equals(Long.toString(files(folder)));
    }

    private static long files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file) && !file.endsWith(COUNT))
                    .count();
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
