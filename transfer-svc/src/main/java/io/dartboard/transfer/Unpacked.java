package io.dartboard.transfer;

import io.dartboard.nas.data.DatasetArchive;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;

/**
 * Archives of photographs, unpacked. A folder appears under its archive's name only when it is whole, so that a service
 * that is killed while it unpacks leaves nothing behind that could be taken for a dataset.
 */
final class Unpacked {
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
            return folder;
        }
        Files.createDirectories(root);
        var part = Files.createTempDirectory(root, ".part-");
        try {
            DatasetArchive.extract(archive, part);
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

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
