package io.dartboard.nas.dataset;

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
        double unigramPerplexity) {

    private static final int COLOURS = 3;

    public Contents {
        labels = List.copyOf(labels);
    }

    static Contents ofImages(List<String> labels, int side, int train, int test) {
        return new Contents(labels.size(), labels, COLOURS, side, train, 0, test, 0);
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
                UnigramBaseline.perplexity(corpus));
    }
}
