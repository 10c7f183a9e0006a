package io.dartboard.nas.text.data;

import io.dartboard.nas.provenance.RandomStream;
import io.dartboard.nas.provenance.RandomStreams;
import java.util.ArrayList;
import java.util.List;

/**
 * How far back-propagation through time reaches in each step of an epoch. Lengths are drawn, so that the cuts fall
 * elsewhere in each epoch; they are a pure function of seed and epoch.
 *
 * <p>Source: Merity et al., <i>Regularizing and Optimizing LSTM Language Models</i> (arXiv 1708.02182), section 4.1; the
 * figures from the code of DARTS (arXiv 1806.09055).
 */
public sealed interface SequenceLengths {
    /** Share of steps whose length is the whole one; the others have half of it. */
    double WHOLE = 0.95;

    /**
     * A step's stretch of the text.
     *
     * @param row first row
     * @param length rows asked for; the text may end before
     * @param rate what the step multiplies the learning rate with: its length over the whole one
     */
    record Span(int row, int length, double rate) {}

    /** The whole length. */
    int bptt();

    /** One length. */
    int draw(RandomStream random);

    /** The steps of an epoch over a text of some rows. */
    default List<Span> epoch(int rows, RandomStreams streams, int epoch) {
        RandomStream random = streams.stream("sequence-lengths", epoch, 0);
        List<Span> spans = new ArrayList<>();
        // The last word has no follower, and a window of a single word has no step in time.
        for (int row = 0; row < rows - 2; ) {
            int length = draw(random);
            spans.add(new Span(row, length, (double) length / bptt()));
            row += length;
        }
        return List.copyOf(spans);
    }

    /** In a search: the whole length, or half of it. */
    record WholeOrHalf(int bptt) implements SequenceLengths {
        public WholeOrHalf {
            requireTwo(bptt);
        }

        @Override
        public int draw(RandomStream random) {
            return random.nextDouble() < WHOLE ? bptt : bptt / 2;
        }
    }

    /** In a training: normal around the whole length or half of it, between 5 and 20 more than the whole. */
    record Normal(int bptt) implements SequenceLengths {
        private static final int SHORTEST = 5;
        private static final int LONGER = 20;
        private static final double DEVIATION = 5;

        public Normal {
            requireTwo(bptt);
        }

        @Override
        public int draw(RandomStream random) {
            double mean = random.nextDouble() < WHOLE ? bptt : bptt / 2.0;
            int length = Math.max(SHORTEST, (int) random.nextGaussian(mean, DEVIATION));
            return Math.min(length, bptt + LONGER);
        }
    }

    private static void requireTwo(int bptt) {
        if (bptt < 2) {
            throw new IllegalArgumentException(
                    "bptt must be at least 2 so that half of it is a step (was %d)".formatted(bptt));
        }
    }
}
