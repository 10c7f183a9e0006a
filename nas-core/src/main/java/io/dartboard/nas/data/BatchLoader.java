package io.dartboard.nas.data;

import io.dartboard.nas.provenance.RandomStream;
import io.dartboard.nas.provenance.RandomStreams;
import java.util.function.IntFunction;

/**
 * The batches of a training run, loaded ahead. The augmentation of an image draws from the stream (seed, {@code augment},
 * epoch, place), place being the image's position in the order of the epoch.
 *
 * @param images what is loaded
 * @param plan which images a step takes
 * @param streams all randomness of the run
 * @param threads how many threads load
 */
public record BatchLoader(LabelledImages images, BatchPlan plan, RandomStreams streams, int threads) {

    /** Loads a training set in a new order each epoch. */
    public static BatchLoader shuffled(LabelledImages images, int batchSize, RandomStreams streams, int threads) {
        return new BatchLoader(images, BatchPlan.shuffled(images.size(), batchSize, streams), streams, threads);
    }

    /** Loads a test set in index order. */
    public static BatchLoader inOrder(LabelledImages images, int batchSize, RandomStreams streams, int threads) {
        return new BatchLoader(images, BatchPlan.inOrder(images.size(), batchSize), streams, threads);
    }

    /** The number of steps of an epoch. */
    public int steps() {
        return plan.steps();
    }

    /** The batches of an epoch from a step on; the caller closes it. */
    public Prefetch<Batch> epoch(int epoch, int firstStep) {
        IntFunction<int[]> indices = plan.epoch(epoch);
        return new Prefetch<>(firstStep, plan.steps(), threads, step -> load(indices.apply(step), epoch, step));
    }

    private Batch load(int[] indices, int epoch, int step) {
        return Batch.load(images, indices, i -> augmentation(epoch, (long) step * plan.batchSize() + i));
    }

    private RandomStream augmentation(int epoch, long place) {
        return streams.stream("augment", epoch, place);
    }
}
