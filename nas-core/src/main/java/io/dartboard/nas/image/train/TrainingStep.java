package io.dartboard.nas.image.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.image.network.DiscreteNetwork;
import io.dartboard.nas.image.network.DiscreteNetwork.Outputs;
import io.dartboard.nas.image.network.DropPath;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.optim.GradientClip;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.Scalars;

/** One step of SGD on one batch. */
public record TrainingStep(
        DiscreteNetwork network, TrainingPlan plan, RandomStreams streams, ChannelConstants constants) {

    /** Forward, backward, clip, update; the sums stay on the device. To be called while recording is paused. */
    public void take(NDManager parent, TrainingState state, DeviceBatch batch, int epoch, int step) {
        try (NDManager scope = parent.newSubManager()) {
            DeviceBatch images = batch.in(scope);
            DropPath dropPath = DropPath.draw(
                    scope,
                    streams.stream("drop-path", epoch, step),
                    plan.dropPathAt(epoch),
                    network.operands(),
                    batch.count());
            Leaves statistics = state.statistics.constants();
            NDArray loss;
            NDArray logits;
            NDArray gradient;
            try (Autograd.Mode recording = Autograd.recording()) {
                Leaves weights = state.weights.leaves(scope);
                Outputs outputs =
                        network.train(images.images(), Pass.training(weights, statistics, constants), dropPath);
                logits = outputs.logits();
                loss = loss(outputs, images.labels());
                gradient = Autograd.gradient(loss, weights.vector());
            }
            GradientClip.globalNorm(gradient, plan.clip());
            state.optimizer.step(gradient, plan.schedule().at(epoch));
            state.add(loss, Functional.correct(logits, images.labels()), batch.count());
        }
    }

    private NDArray loss(Outputs outputs, NDArray labels) {
        NDArray loss = loss(outputs.logits(), labels);
        return outputs.auxiliaryLogits()
                .map(auxiliary -> loss.add(Scalars.times(loss(auxiliary, labels), plan.auxiliaryWeight())))
                .orElse(loss);
    }

    private NDArray loss(NDArray logits, NDArray labels) {
        return plan.labelSmoothing() > 0
                ? Functional.smoothedCrossEntropy(logits, labels, plan.labelSmoothing())
                : Functional.crossEntropy(logits, labels);
    }
}
