package io.dartboard.nas.search.recurrent;

import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.tensor.HostTensor;
import java.util.Map;

/** Sums over the steps of an epoch, on the heap: a step reads its loss, to stop at the first that is not finite. */
final class RecurrentEpochBooks {
    private static final String SUMS = "books.sums";
    private static final String COUNTS = "books.counts";

    private double loss;
    private double gradientNorm;
    private long words;
    private long steps;

    static RecurrentEpochBooks restore(Snapshot snapshot) {
        RecurrentEpochBooks books = new RecurrentEpochBooks();
        double[] sums = snapshot.tensor(SUMS).doubles();
        long[] counts = snapshot.tensor(COUNTS).longs();
        books.loss = sums[0];
        books.gradientNorm = sums[1];
        books.words = counts[0];
        books.steps = counts[1];
        return books;
    }

    Map<String, HostTensor> tensors() {
        return Map.of(
                SUMS,
                HostTensor.of(new double[] {loss, gradientNorm}, 2),
                COUNTS,
                HostTensor.of(new long[] {words, steps}, 2));
    }

    void add(double meanLoss, int count, double norm) {
        loss += meanLoss * count;
        gradientNorm += norm;
        words += count;
        steps++;
    }

    /** Mean loss of a word, in nats. */
    double meanLoss() {
        return loss / words;
    }

    double meanGradientNorm() {
        return gradientNorm / steps;
    }

    void clear() {
        loss = 0;
        gradientNorm = 0;
        words = 0;
        steps = 0;
    }
}
