package io.dartboard.nas.image.data;

import io.dartboard.nas.provenance.RandomStreams;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Which images the steps of an epoch take. A last batch may be smaller than the others; a last batch of one image is
 * left out of a shuffled plan, because the batch statistics of a single value do not exist.
 */
public final class BatchPlan {

    private final int size;
    private final int batchSize;
    private final int steps;
    private final IntFunction<int[]> orderOf;

    private BatchPlan(int size, int batchSize, int steps, IntFunction<int[]> orderOf) {
        this.size = size;
        this.batchSize = batchSize;
        this.steps = steps;
        this.orderOf = orderOf;
    }

    /**
     * Each epoch takes the images in an order of its own, drawn from the stream (seed, {@code shuffle}, epoch).
     *
     * @throws IllegalArgumentException if there are fewer than 2 images or the batch size is below 2
     */
    public static BatchPlan shuffled(int size, int batchSize, RandomStreams streams) {
        if (size < 2 || batchSize < 2) {
            throw new IllegalArgumentException("training needs at least 2 images in a set and in a batch, so that batch"
                    + " statistics exist (was " + size + " images in batches of " + batchSize + ")");
        }
        int steps = size / batchSize + (size % batchSize > 1 ? 1 : 0);
        return new BatchPlan(size, batchSize, steps, epoch -> streams.stream("shuffle", epoch, 0)
                .permutation(size));
    }

    /** Every epoch takes all images in index order. */
    public static BatchPlan inOrder(int size, int batchSize) {
        if (size < 1 || batchSize < 1) {
            throw new IllegalArgumentException(
                    "testing needs at least 1 image (was " + size + " images in batches of " + batchSize + ")");
        }
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        return new BatchPlan(size, batchSize, (size + batchSize - 1) / batchSize, epoch -> order.clone());
    }

    /** The number of images of a full step. */
    public int batchSize() {
        return batchSize;
    }

    /** The number of steps of an epoch. */
    public int steps() {
        return steps;
    }

    /** The number of images of an epoch. */
    public int images() {
        return Math.min(size, steps * batchSize);
    }

    /** The batches of one epoch: for each step, the indices of its images. */
    public IntFunction<int[]> epoch(int epoch) {
        int[] order = orderOf.apply(epoch);
        return step -> Arrays.copyOfRange(order, step * batchSize, Math.min(size, (step + 1) * batchSize));
    }
}
