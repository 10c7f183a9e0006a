package io.dartboard.search;

import io.dartboard.events.Layout;
import io.dartboard.nas.data.CifarBinary;
import io.dartboard.nas.data.ImageFolder;
import io.dartboard.nas.data.InvalidDatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the check of a dataset has found.
 *
 * @param digest SHA-256 of the content, independent of its packaging
 * @param labels the classes in label order
 * @param side height and width in pixels; 0 where images differ in size
 * @param train training images
 * @param test held-out images
 */
record CheckedDataset(String digest, List<String> labels, int side, int train, int test) {
    private static final Logger LOG = LoggerFactory.getLogger(CheckedDataset.class);
    private static final int CIFAR_SIDE = 32;

    /**
     * Reads the whole dataset.
     *
     * @param scratch an empty folder
     * @throws Refused with one line that names the file, if it cannot be used
     */
    static CheckedDataset read(Layout layout, Path source, Path scratch) {
        try {
            return switch (layout) {
                case CIFAR_BINARY -> cifar(CifarBinary.read(source));
                case IMAGE_FOLDER -> folder(ImageFolder.read(source, Files.createDirectories(scratch)));
                default -> throw new IllegalStateException("no reader for " + layout);
            };
        } catch (InvalidDatasetException e) {
            throw new Refused(Problem.Kind.IMPOSSIBLE, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Refused(Problem.Kind.IMPOSSIBLE, "cannot read %s: %s".formatted(source, e.getMessage()), e);
        }
    }

    private static CheckedDataset cifar(CifarBinary set) {
        return new CheckedDataset(
                set.digest(),
                set.labelNames(),
                CIFAR_SIDE,
                set.train().size(),
                set.test().size());
    }

    private static CheckedDataset folder(ImageFolder set) {
        set.corrupt().forEach(file -> LOG.warn("left out of the dataset: {}", file));
        return new CheckedDataset(
                set.digest(),
                set.classNames(),
                0,
                set.train().size(),
                set.valid().size());
    }
}
