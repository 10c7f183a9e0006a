package io.dartboard.training;

import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.nas.image.data.ImageFolder;
import io.dartboard.nas.image.data.PixelSet;
import io.dartboard.nas.image.data.SquarePhotos;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.artifact.MachineLock;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.artifact.WorkDirUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * Photographs, decoded to square images of one size, for all services of a machine: a file for each archive and size. It
 * appears under its name only when it is whole; what a service that was killed has left of one is made anew.
 */
final class PixelFiles {
    private final ArchiveCache archives;

    /** @param archives with whose archives the files come and go */
    PixelFiles(ArchiveCache archives) {
        this.archives = archives;
    }

    /**
     * The square images of an archive's photographs, decoded unless they are there already.
     *
     * @param folder the unpacked archive
     * @param name of the dataset, for people
     * @param preparation told how far it is; what it throws ends the call
     * @throws InvalidDatasetException if too many photographs cannot be decoded
     * @throws WorkDirUnavailable if there is no space for the file on this machine, or no right to write
     */
    PixelSet of(Path archive, ImageFolder folder, int side, String name, Preparation preparation)
            throws InvalidDatasetException, InterruptedException {
        var photos = new SquarePhotos(folder, side);
        var file = archives.made(archive, "pixels%d-%d".formatted(SquarePhotos.FORM, side));
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            try (var lock = MachineLock.take(
                    beside(file, ".lock"),
                    () -> preparation.waits(
                            "waiting for the pixels of %s, which another job decodes".formatted(name)))) {
                if (!Files.exists(file) || Files.size(file) != photos.bytes()) {
                    make(photos, folder, file, name, preparation);
                }
                return photos.open(file);
            }
        } catch (InvalidDatasetException e) {
            throw e;
        } catch (IOException e) {
            throw WorkDirUnavailable.writing(file, name, photos.bytes(), e);
        }
    }

    private void make(SquarePhotos photos, ImageFolder folder, Path file, String name, Preparation preparation)
            throws IOException, InterruptedException {
        var part = beside(file, ".part");
        Files.deleteIfExists(part);
        archives.requireSpace(photos.bytes(), name);
        photos.write(
                part,
                folder.corruptToldTo(corrupt -> {}),
                written -> preparation.at("decoding " + name, written, photos.bytes()));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
