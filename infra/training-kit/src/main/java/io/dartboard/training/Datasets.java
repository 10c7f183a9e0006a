package io.dartboard.training;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.nas.image.data.CifarBinary;
import io.dartboard.nas.image.data.ImageFolder;
import io.dartboard.nas.image.data.PixelSet;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.artifact.Preparation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Datasets as the jobs of a service open them, by layout.
 *
 * @param images square images, in memory or, where they are made of photographs, mapped from a file
 * @param photos photographs as they are, on disk
 * @param texts a text, in memory
 */
public record Datasets(OpenDataset<PixelSet> images, OpenDataset<ImageFolder> photos, OpenDataset<TextCorpus> texts) {

    /**
     * Those that can be had from the archives.
     *
     * @param workDir below which photographs are unpacked
     */
    public Datasets(ArchiveCache archives, Path workDir) {
        this(
                squares(archives, new Unpacked(workDir)),
                OpenDataset.ofVerifiedArchives(archives, Layout.IMAGE_FOLDER, photos(new Unpacked(workDir))),
                new OpenDataset<>(archives, Layout.TOKEN_CORPUS, TextCorpus::read, TextCorpus::digest));
    }

    private static PixelSet cifar(Path archive, DatasetPublished dataset, int side, Preparation preparation)
            throws IOException, InterruptedException {
        var own = PublishedPixels.ownSide(dataset);
        HeapRoom.require(dataset, Math.max(own, side));
        return OpenDataset.checking((file, read) -> CifarBinary.read(file, own, read), CifarBinary::digest)
                .open(archive, dataset, side, preparation)
                .pixels()
                .resized(side);
    }

    private static OpenDataset<PixelSet> squares(ArchiveCache archives, Unpacked unpacked) {
        var pixels = new PixelFiles(archives);
        var photos = photos(unpacked);
        return new OpenDataset<>(
                archives,
                Map.of(
                        Layout.CIFAR_BINARY,
                        Datasets::cifar,
                        Layout.IMAGE_FOLDER,
                        (archive, dataset, side, preparation) -> pixels.of(
                                archive,
                                photos.open(archive, dataset, side, preparation),
                                side,
                                OpenDataset.name(dataset),
                                preparation)));
    }

    private static OpenDataset.Opener<ImageFolder> photos(Unpacked unpacked) {
        return (archive, dataset, side, preparation) -> {
            var name = OpenDataset.name(dataset);
            var folder = unpacked.of(archive, name, preparation);
            return ImageFolder.open(folder, dataset.getDigest(), () -> preparation.at("listing " + name, 0, 0));
        };
    }
}
