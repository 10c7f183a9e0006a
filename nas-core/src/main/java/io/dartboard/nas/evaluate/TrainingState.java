package io.dartboard.nas.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.network.DiscreteNetwork;
import io.dartboard.nas.optim.Sgd;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.tensor.Scalars;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that changes while a network trains: weights, momentum, running statistics, the sums of the epoch and the curve.
 * Lives in one scope; {@link #snapshot} takes it to the heap, {@link #restore} brings it back bit by bit.
 */
public final class TrainingState {

    private static final String WEIGHTS = "weights";
    private static final String MOMENTUM = "momentum";
    private static final String STATISTICS = "statistics";
    private static final String SUMS = "sums";
    private static final String CURVE = "curve";
    private static final String IMAGES = "images";

    final ParameterVector weights;
    final ParameterVector statistics;
    final Sgd optimizer;
    final List<EpochReport> curve = new ArrayList<>();
    private final NDArray sums; // (2): loss, correct answers
    private int images;

    private TrainingState(NDManager scope, ParameterVector weights, ParameterVector statistics, TrainingPlan plan) {
        this.weights = weights;
        this.statistics = statistics;
        this.optimizer = new Sgd(scope, weights, plan.momentum(), plan.weightDecay());
        this.sums = scope.zeros(new Shape(2), DataType.FLOAT32);
    }

    /** A network that has not been trained; its weights come from the stream {@code weights}. */
    public static TrainingState fresh(
            NDManager scope, DiscreteNetwork network, TrainingPlan plan, RandomStreams streams) {
        return new TrainingState(
                scope,
                new ParameterVector(scope, network.weights(), network.weights().initial(streams.stream("weights"))),
                new ParameterVector(
                        scope, network.statistics(), network.statistics().initial(streams.stream("statistics"))),
                plan);
    }

    /**
     * Continues from a snapshot of the same training.
     *
     * @throws IllegalArgumentException if the snapshot is damaged
     */
    static TrainingState restore(NDManager scope, DiscreteNetwork network, TrainingPlan plan, Snapshot snapshot) {
        TrainingState state = new TrainingState(
                scope,
                new ParameterVector(
                        scope, network.weights(), snapshot.tensor(WEIGHTS).floats()),
                new ParameterVector(
                        scope, network.statistics(), snapshot.tensor(STATISTICS).floats()),
                plan);
        state.optimizer.restore(snapshot.tensor(MOMENTUM).floats());
        state.images = Integer.parseInt(snapshot.content().fact(IMAGES));
        try (NDArray saved = Copy.toDevice(scope, snapshot.tensor(SUMS).floats(), new Shape(2))) {
            state.sums.addi(saved);
        }
        state.curve.addAll(CurveCodec.decode(snapshot.tensor(CURVE)));
        return state;
    }

    /**
     * Takes everything to the heap; waits for the device.
     *
     * @param identity facts by which it is known whose it is
     */
    Snapshot snapshot(int epoch, int step, long globalStep, Map<String, String> identity) {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        tensors.put(WEIGHTS, HostTensor.of(weights.values()));
        tensors.put(MOMENTUM, optimizer.momentumBuffer());
        tensors.put(STATISTICS, HostTensor.of(statistics.values()));
        tensors.put(SUMS, HostTensor.of(sums));
        tensors.put(CURVE, CurveCodec.encode(curve));
        Map<String, String> facts = new HashMap<>(identity);
        facts.put(IMAGES, Integer.toString(images));
        return new Snapshot(epoch, step, globalStep, new Safetensors(tensors, facts));
    }

    /**
     * Adds a step to the sums of the epoch: mean loss () and number of correct answers () of a batch, whose scope takes
     * the temporary arrays.
     */
    void add(NDArray loss, NDArray correct, int count) {
        NDArray summed = Scalars.times(loss.reshape(1), count);
        sums.addi(summed.concat(correct.reshape(1), 0));
        images += count;
    }

    /** Mean loss and accuracy of the epoch so far; waits for the device. */
    public double[] means() {
        float[] read = Copy.toHost(sums);
        return new double[] {(double) read[0] / images, (double) read[1] / images};
    }

    /** Closes the sums of an epoch. */
    void endEpoch(EpochReport report) {
        curve.add(report);
        images = 0;
        try (NDArray same = sums.duplicate()) {
            sums.subi(same);
        }
    }

    /** The trained network by name, with shapes: weights first, then running statistics. */
    Safetensors named() {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        tensors.putAll(weights.named(""));
        tensors.putAll(statistics.named(""));
        return new Safetensors(tensors, Map.of());
    }
}
