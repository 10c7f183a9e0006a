package io.dartboard.nas.image.data;

import io.dartboard.nas.data.Prefetch;
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

    /** Several, so that no thread is idle for long while another finishes the batch's last images. */
    private static final int PARTS_PER_THREAD = 4;

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
        return epochs(epoch, firstStep, epoch + 1);
    }

    /**
     * The batches of all epochs before {@code endEpoch}, from a step of one of them on; the caller closes it. The first
     * batches of an epoch are loaded while whatever lies between two epochs is done.
     */
    public Prefetch<Batch> epochs(int firstEpoch, int firstStep, int endEpoch) {
        int steps = plan.steps();
        Orders orders = new Orders(plan);
        return Prefetch.inParts(
                Math.addExact(Math.multiplyExact(firstEpoch, steps), firstStep),
                Math.multiplyExact(endEpoch, steps),
                threads,
                step -> begin(orders.of(step / steps).apply(step % steps), step / steps, step % steps));
    }

    private Loading begin(int[] indices, int epoch, int step) {
        int parts = Math.min(indices.length, PARTS_PER_THREAD * threads);
        long first = (long) step * plan.batchSize();
        return new Loading(images, indices, parts, i -> streams.stream("augment", epoch, first + i));
    }

    /** A batch that is being loaded, each part some of its images. */
    private record Loading(
            LabelledImages images, int[] indices, int count, IntFunction<RandomStream> random, Batch whole)
            implements Prefetch.Parts<Batch> {

        Loading(LabelledImages images, int[] indices, int count, IntFunction<RandomStream> random) {
            this(images, indices, count, random, Batch.blank(images, indices.length));
        }

        @Override
        public void load(int part) {
            int size = indices.length;
            whole.load(images, indices, part * size / count, (part + 1) * size / count, random);
        }
    }

    /** The orders of the images, each made once: the last that was asked for is remembered. */
    private static final class Orders {

        private final BatchPlan plan;
        private int epoch = -1;
        private IntFunction<int[]> order = step -> new int[0];

        Orders(BatchPlan plan) {
            this.plan = plan;
        }

        synchronized IntFunction<int[]> of(int wanted) {
            if (wanted != epoch) {
                order = plan.epoch(wanted);
                epoch = wanted;
            }
            return order;
        }
    }
}
