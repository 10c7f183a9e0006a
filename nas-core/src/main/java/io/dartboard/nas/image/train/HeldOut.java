package io.dartboard.nas.image.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.data.Prefetch;
import io.dartboard.nas.image.data.Batch;
import io.dartboard.nas.image.data.BatchLoader;
import io.dartboard.nas.image.data.LabelledImages;
import io.dartboard.nas.image.network.DiscreteNetwork;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.train.Compute;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Judges a network by images it does not train on, with its running statistics. */
final class HeldOut {

    private final DiscreteNetwork network;
    private final BatchLoader loader;
    private final ChannelConstants constants;

    HeldOut(
            DiscreteNetwork network,
            LabelledImages images,
            int batchSize,
            RandomStreams streams,
            Compute compute,
            ChannelConstants constants) {
        this.network = network;
        this.loader = BatchLoader.inOrder(images, batchSize, streams, compute.loaderThreads());
        this.constants = constants;
    }

    /** The score over all images, or nothing if {@code wantsStop} says yes before it is complete. */
    Optional<HeldOutScore> judge(NDManager parent, TrainingState state, BooleanSupplier wantsStop) {
        HeldOutScore score = new HeldOutScore();
        try (Prefetch<Batch> batches = loader.epoch(0, 0)) {
            while (batches.hasNext()) {
                if (wantsStop.getAsBoolean()) {
                    return Optional.empty();
                }
                Batch batch = batches.next();
                score.add(logits(parent, state, batch), batch.labels());
            }
        }
        return Optional.of(score);
    }

    private float[] logits(NDManager parent, TrainingState state, Batch batch) {
        try (NDManager scope = parent.newSubManager()) {
            DeviceBatch images = batch.on(scope);
            Pass pass = Pass.evaluation(state.weights.constants(), state.statistics.constants(), constants);
            NDArray logits = network.evaluate(images.images(), pass); // (N, classes)
            return Copy.toHost(logits);
        }
    }
}
