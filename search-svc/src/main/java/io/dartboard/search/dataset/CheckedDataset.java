package io.dartboard.search.dataset;

import io.dartboard.events.Layout;
import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.nas.image.data.CifarBinary;
import io.dartboard.nas.image.data.ImageFolder;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.nas.text.data.UnigramBaseline;
import io.dartboard.search.body.Problem;
import io.dartboard.search.body.Refused;
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
 * @param classes of the images, or words of the vocabulary
 * @param labels the classes in label order; none of a text
 * @param channels of the images; 0 of a text
 * @param side height and width in pixels; 0 where images differ in size, and of a text
 * @param train training images, or words with the ends of their lines
 * @param valid words set apart for validation; 0 of images
 * @param test held-out images or words
 * @param unigramPerplexity of the test text, each word guessed by its frequency; 0 of images
 */
public record CheckedDataset(
        String digest,
        int classes,
        List<String> labels,
        int channels,
        int side,
        int train,
        int valid,
        int test,
        double unigramPerplexity) {
    private static final Logger LOG = LoggerFactory.getLogger(CheckedDataset.class);
    private static final int CIFAR_SIDE = 32;
    private static final int COLOURS = 3;

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
                case TOKEN_CORPUS -> text(TextCorpus.read(source));
                default -> throw new IllegalStateException("no reader for " + layout);
            };
        } catch (InvalidDatasetException e) {
            throw new Refused(Problem.Kind.IMPOSSIBLE, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Refused(Problem.Kind.IMPOSSIBLE, "cannot read %s: %s".formatted(source, e.getMessage()), e);
        }
    }

    private static CheckedDataset cifar(CifarBinary set) {
        return images(
                set.digest(),
                set.labelNames(),
                CIFAR_SIDE,
                set.train().size(),
                set.test().size());
    }

    private static CheckedDataset folder(ImageFolder set) {
        set.corrupt().forEach(file -> LOG.warn("left out of the dataset: {}", file));
        return images(
                set.digest(),
                set.classNames(),
                0,
                set.train().size(),
                set.valid().size());
    }

    private static CheckedDataset images(String digest, List<String> labels, int side, int train, int test) {
        return new CheckedDataset(digest, labels.size(), labels, COLOURS, side, train, 0, test, 0);
    }

    private static CheckedDataset text(TextCorpus corpus) {
        return new CheckedDataset(
                corpus.digest(),
                corpus.vocabulary(),
                List.of(),
                0,
                0,
                corpus.train().size(),
                corpus.valid().size(),
                corpus.test().size(),
                UnigramBaseline.perplexity(corpus));
    }
}
