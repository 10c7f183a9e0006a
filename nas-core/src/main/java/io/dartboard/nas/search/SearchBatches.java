package io.dartboard.nas.search;

import ai.djl.ndarray.NDManager;
import io.dartboard.nas.data.Batch;
import io.dartboard.nas.data.BatchPlan;
import io.dartboard.nas.data.LabelledImages;
import io.dartboard.nas.data.Prefetch;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.DeviceBatch;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * The batches of a search. Each training step comes with a validation batch drawn afresh: without repetition within the
 * batch, with repetition between steps, as the authors' code has it.
 */
final class SearchBatches {
    /** What one step needs. */
    record Pair(Batch train, Batch valid) {}

    private final SearchSetup setup;
    private final RandomStreams streams;
    private final BatchPlan training;
    private final BatchPlan validation;

    SearchBatches(SearchSetup setup) {
        this.setup = setup;
        this.streams = new RandomStreams(setup.seed());
        int batchSize = setup.config().batchSize();
        this.training = BatchPlan.shuffled(setup.images().train().size(), batchSize, streams);
        this.validation = BatchPlan.inOrder(setup.images().valid().size(), batchSize);
    }

    int stepsPerEpoch() {
        return training.steps();
    }

    /** The steps of an epoch from one on; the caller closes it. */
    Prefetch<Pair> steps(int epoch, int from) {
        IntFunction<int[]> indices = training.epoch(epoch);
        return new Prefetch<>(
                from,
                training.steps(),
                setup.loaderThreads(),
                step -> new Pair(
                        load(setup.images().train(), indices.apply(step), "augment", epoch, step),
                        load(setup.images().valid(), drawn(epoch, step), "augment-valid", epoch, step)));
    }

    /** The whole validation half in order; the caller closes it. */
    Prefetch<Batch> validation(int epoch) {
        IntFunction<int[]> indices = validation.epoch(epoch);
        return new Prefetch<>(
                0,
                validation.steps(),
                setup.loaderThreads(),
                step -> load(setup.images().valid(), indices.apply(step), "augment-validation", epoch, step));
    }

    static DeviceBatch toDevice(NDManager scope, Batch batch) {
        return DeviceBatch.of(scope, batch.images(), batch.labels(), batch.channels(), batch.height(), batch.width());
    }

    private int[] drawn(int epoch, int step) {
        int size = setup.images().valid().size();
        int[] order = streams.stream("valid-batch", epoch, step).permutation(size);
        return Arrays.copyOf(order, Math.min(size, setup.config().batchSize()));
    }

    private Batch load(LabelledImages images, int[] indices, String purpose, int epoch, int step) {
        long first = (long) step * setup.config().batchSize();
        return Batch.load(images, indices, i -> streams.stream(purpose, epoch, first + i));
    }
}
