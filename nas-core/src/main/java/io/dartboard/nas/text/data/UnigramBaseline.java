package io.dartboard.nas.text.data;

/**
 * What a model without memory reaches: each word has its frequency in the training text, ends of lines included, whatever
 * came before it. Each count is raised by one, so that a word that occurs in no training line stays possible.
 */
public final class UnigramBaseline {
    private UnigramBaseline() {}

    /** Mean loss per word of the test text, in nats. */
    public static double loss(TextCorpus corpus) {
        long[] counts = new long[corpus.vocabulary()];
        for (int i = 0; i < corpus.train().size(); i++) {
            counts[corpus.train().at(i)]++;
        }
        double all = (double) corpus.train().size() + corpus.vocabulary();
        double sum = 0;
        for (int i = 0; i < corpus.test().size(); i++) {
            sum -= StrictMath.log((counts[corpus.test().at(i)] + 1) / all);
        }
        return sum / corpus.test().size();
    }

    /** Perplexity of the test text. */
    public static double perplexity(TextCorpus corpus) {
        return StrictMath.exp(loss(corpus));
    }
}
