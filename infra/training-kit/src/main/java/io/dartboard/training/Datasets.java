package io.dartboard.training;

import io.dartboard.events.Layout;
import io.dartboard.nas.image.data.CifarBinary;
import io.dartboard.nas.image.data.ImageFolder;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.pipeline.artifact.ArchiveCache;
import java.nio.file.Path;

/**
 * Datasets as the jobs of a service open them, by layout.
 *
 * @param images images, in memory
 * @param photos photographs, on disk
 * @param texts a text, in memory
 */
public record Datasets(
        OpenDataset<CifarBinary> images, OpenDataset<ImageFolder> photos, OpenDataset<TextCorpus> texts) {

    /**
     * Those that can be had from the archives.
     *
     * @param workDir below which photographs are unpacked
     */
    public Datasets(ArchiveCache archives, Path workDir) {
        this(
                new OpenDataset<>(archives, Layout.CIFAR_BINARY, CifarBinary::read, CifarBinary::digest),
                photos(archives, new Unpacked(workDir)),
                new OpenDataset<>(archives, Layout.TOKEN_CORPUS, TextCorpus::read, TextCorpus::digest));
    }

    private static OpenDataset<ImageFolder> photos(ArchiveCache archives, Unpacked unpacked) {
        return OpenDataset.ofVerifiedArchives(archives, Layout.IMAGE_FOLDER, (archive, dataset, preparation) -> {
            var name = OpenDataset.name(dataset);
            var folder = unpacked.of(archive, name, preparation);
            return ImageFolder.open(folder, dataset.getDigest(), () -> preparation.at("listing " + name, 0, 0));
        });
    }
}
