package io.dartboard.training;

import io.dartboard.events.Layout;
import io.dartboard.nas.data.CifarBinary;
import io.dartboard.nas.data.ImageFolder;
import io.dartboard.nas.data.TextCorpus;
import io.dartboard.pipeline.artifact.ArchiveCache;
import java.nio.file.Path;

/** Datasets as jobs open them, by layout. */
public final class Datasets {
    private Datasets() {}

    /** Images, in memory. */
    public static OpenDataset<CifarBinary> images(ArchiveCache archives) {
        return new OpenDataset<>(archives, Layout.CIFAR_BINARY, CifarBinary::read, CifarBinary::digest);
    }

    /** A text, in memory. */
    public static OpenDataset<TextCorpus> texts(ArchiveCache archives) {
        return new OpenDataset<>(archives, Layout.TOKEN_CORPUS, TextCorpus::read, TextCorpus::digest);
    }

    /**
     * Photographs, on disk.
     *
     * @param workDir below which they are unpacked
     */
    public static OpenDataset<ImageFolder> photos(ArchiveCache archives, Path workDir) {
        var unpacked = new Unpacked(workDir);
        return OpenDataset.ofVerifiedArchives(archives, Layout.IMAGE_FOLDER, (archive, dataset, preparation) -> {
            var name = OpenDataset.name(dataset);
            var folder = unpacked.of(archive, name, preparation);
            return ImageFolder.open(folder, dataset.getDigest(), () -> preparation.at("listing " + name, 0, 0));
        });
    }
}
