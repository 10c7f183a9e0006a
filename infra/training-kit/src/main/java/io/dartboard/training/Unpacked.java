package io.dartboard.training;

import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.pipeline.artifact.MachineLock;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.artifact.WorkDirUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives of photographs, unpacked. A folder appears under its archive's name only when it is whole, so that a service
 * that is killed while it unpacks leaves nothing behind that could be taken for a dataset; the next one, of this service or
 * another, goes on with what was left. And it remembers how many files it has, so that files that are gone when it is used
 * again are unpacked again.
 */
final class Unpacked {
    private static final Logger LOG = LoggerFactory.getLogger(Unpacked.class);
    /** Holds the number of the other files. */
    private static final String COUNT = ".dartboard-files";

    private static final int FILES_BETWEEN_SIGNS = 500;

    private final Path root;

    /** Unpacks below {@code <workDir>/unpacked}. */
    Unpacked(Path workDir) {
        this.root = workDir.resolve("unpacked");
    }

    /**
     * The folder with an archive's files, unpacked unless it is there already.
     *
     * @param name of the dataset, for people
     * @param preparation told at every buffer; what it throws ends the call, and the files that are there stay
     * @throws InvalidDatasetException if it is no archive
     * @throws WorkDirUnavailable if there is no space for the files on this machine, no right to write, or no name for one
     */
    Path of(Path archive, String name, Preparation preparation) throws InvalidDatasetException, InterruptedException {
        var digest = String.valueOf(archive.getFileName());
        try {
            Files.createDirectories(root);
            try (var lock = MachineLock.take(
                    root.resolve(digest + ".lock"),
                    () -> preparation.waits("waiting for %s, which another job unpacks".formatted(name)))) {
                return unpacked(archive, root.resolve(digest), name, preparation);
            }
        } catch (InvalidDatasetException e) {
            throw e;
        } catch (InvalidPathException e) {
            throw WorkDirUnavailable.naming(root, name, e);
        } catch (IOException e) {
            // Photographs hardly shrink in an archive, so its size is about what they take.
            throw WorkDirUnavailable.writing(root, name, size(archive), e);
        }
    }

    private Path unpacked(Path archive, Path folder, String name, Preparation preparation) throws IOException {
        if (Files.isDirectory(folder)) {
            if (!isWhole(folder, name, preparation)) {
                LOG.warn("files are missing in {}; they are unpacked again", folder);
                unpack(archive, folder, name, preparation);
            }
            return folder;
        }
        var part = root.resolve(folder.getFileName() + ".part");
        unpack(archive, Files.createDirectories(part), name, preparation);
        Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        return folder;
    }

    private static void unpack(Path archive, Path folder, String name, Preparation preparation) throws IOException {
        var bytes = Files.size(archive);
        DatasetArchive.extract(archive, folder, read -> preparation.at("unpacking " + name, read, bytes));
        Files.writeString(folder.resolve(COUNT), Long.toString(files(folder, name, preparation)));
    }

    private static boolean isWhole(Path folder, String name, Preparation preparation) throws IOException {
        var count = folder.resolve(COUNT);
        return Files.exists(count) && Files.readString(count).equals(Long.toString(files(folder, name, preparation)));
    }

    private static long files(Path folder, String name, Preparation preparation) throws IOException {
        var count = 0L;
        try (var files = Files.walk(folder)) {
            for (var file : (Iterable<Path>) files::iterator) {
                if (Files.isRegularFile(file) && !file.endsWith(COUNT) && count++ % FILES_BETWEEN_SIGNS == 0) {
                    preparation.at("counting the files of " + name, 0, 0);
                }
            }
        }
        return count;
    }

    private static long size(Path archive) {
        try {
            return Files.size(archive);
        } catch (IOException e) {
            return 0;
        }
    }
}
