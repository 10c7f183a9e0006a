package io.dartboard.nas.dataset;

import io.dartboard.nas.image.data.Normalisation;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.nas.text.data.UnigramBaseline;
import java.util.List;

/**
 * What a data set holds, in numbers.
 *
 * @param classes of the images, or words of the vocabulary
 * @param labels the classes in label order; none of a text
 * @param channels of the images; 0 of a text
 * @param side height and width in pixels; 0 where images differ in size, and of a text
 * @param train training images, or words with the ends of their lines
 * @param valid words set apart for validation; 0 of images
 * @param test held-out images or words
 * @param normalisation what the images are normalised by where nothing else is customary; that of CIFAR-10 of a text
 * @param smallestClass training images of the smallest class; 0 of a text
 * @param unigramPerplexity of the test text, each word guessed by its frequency; 0 of images
 */
public record Contents(
        int classes,
        List<String> labels,
        int channels,
        int side,
        int train,
        int valid,
        int test,
        Normalisation normalisation,
        int smallestClass,
        double unigramPerplexity) {

    private static final int COLOURS = 3;

    public Contents {
        labels = List.copyOf(labels);
    }

    static Contents ofImages(
            List<String> labels, int side, int train, int test, Normalisation normalisation, int smallestClass) {
        return new Contents(labels.size(), labels, COLOURS, side, train, 0, test, normalisation, smallestClass, 0);
    }

    /** Means as they are told: none for the figures of CIFAR-10, by which whoever is told none normalises. */
    public List<Float> mean() {
        return normalisation.equals(Normalisation.CIFAR10) ? List.of() : normalisation.mean();
    }

    /** Deviations likewise. */
    public List<Float> deviation() {
        return normalisation.equals(Normalisation.CIFAR10) ? List.of() : normalisation.deviation();
    }

    static Contents ofText(TextCorpus corpus) {
        return new Contents(
                corpus.vocabulary(),
                List.of(),
                0,
                0,
                corpus.train().size(),
                corpus.valid().size(),
                corpus.test().size(),
                Normalisation.CIFAR10,
                0,
                UnigramBaseline.perplexity(corpus));
    }
}
