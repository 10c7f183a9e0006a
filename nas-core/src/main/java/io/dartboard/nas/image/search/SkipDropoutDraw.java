package io.dartboard.nas.image.search;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.Stage;
import io.dartboard.nas.image.ops.SkipMasks;
import io.dartboard.nas.image.supernet.RelaxedNetwork;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.DeviceBatch;
import java.util.Optional;

/**
 * What the skip connections of a stage's supernet drop out, step by step: a pure function of seed, epoch and step.
 *
 * @param streams of the search
 */
record SkipDropoutDraw(RelaxedNetwork network, SearchMethod method, Stage stage, RandomStreams streams) {
    /**
     * The masks of a batch; empty where nothing is dropped out.
     *
     * @param scope what they live as long as
     * @param purpose what the batch is for
     * @param epoch of the search
     */
    Optional<SkipMasks> draw(NDManager scope, DeviceBatch batch, String purpose, int epoch, int step) {
        double share = method.stages()
                .skipDropout(
                        stage.index(),
                        epoch - stage.first(),
                        stage.epochs(),
                        method.alphaGate().closedFor(stage.epochs()));
        if (share == 0 || network.skipDropouts() == 0) {
            return Optional.empty();
        }
        Shape images = batch.images().getShape();
        long largest = images.get(0) * network.channels() * images.get(2) * images.get(3);
        return Optional.of(SkipMasks.draw(
                scope,
                streams.stream(purpose, epoch, step),
                share,
                network.skipDropouts(),
                Math.toIntExact(largest),
                batch.images().getDataType()));
    }
}
