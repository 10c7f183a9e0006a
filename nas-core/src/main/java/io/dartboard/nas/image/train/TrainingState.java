package io.dartboard.nas.image.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.image.network.DiscreteNetwork;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.optim.Sgd;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.DeviceSums;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Safetensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that changes while a network trains: weights, momentum, running statistics, the sums of the epoch and the curve.
 * Lives in one scope; {@link #content} takes it to the heap, {@link #restore} brings it back bit by bit.
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
    private final DeviceSums sums; // loss, correct answers
    private int images;

    private TrainingState(
            NDManager scope, ParameterVector weights, ParameterVector statistics, TrainingPlan plan, double[] sums) {
        this.weights = weights;
        this.statistics = statistics;
        this.optimizer = new Sgd(scope, weights, plan.momentum(), plan.weightDecay());
        this.sums = new DeviceSums(scope, sums);
    }

    /** A network that has not been trained; its weights come from the stream {@code weights}. */
    public static TrainingState fresh(
            NDManager scope, DiscreteNetwork network, TrainingPlan plan, RandomStreams streams) {
        return new TrainingState(
                scope,
                new ParameterVector(scope, network.weights(), network.weights().initial(streams.stream("weights"))),
                new ParameterVector(
                        scope, network.statistics(), network.statistics().initial(streams.stream("statistics"))),
                plan,
                new double[2]);
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
                plan,
                snapshot.tensor(SUMS).doubles());
        state.optimizer.restore(snapshot.tensor(MOMENTUM).floats());
        state.images = Integer.parseInt(snapshot.content().fact(IMAGES));
        state.curve.addAll(CurveCodec.decode(snapshot.tensor(CURVE)));
        return state;
    }

    /** Takes everything to the heap; waits for the device. */
    Safetensors content() {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        tensors.put(WEIGHTS, HostTensor.of(weights.values()));
        tensors.put(MOMENTUM, optimizer.momentumBuffer());
        tensors.put(STATISTICS, HostTensor.of(statistics.values()));
        tensors.put(SUMS, HostTensor.of(sums.read(), 2));
        tensors.put(CURVE, CurveCodec.encode(curve));
        return new Safetensors(tensors, Map.of(IMAGES, Integer.toString(images)));
    }

    /**
     * Adds a step to the sums of the epoch: mean loss () and number of correct answers () of a batch, whose scope takes
     * the temporary arrays.
     */
    void add(NDArray loss, NDArray correct, int count) {
        sums.add(List.of(DeviceSums.summed(loss, count), correct));
        images += count;
    }

    /** Mean loss and accuracy of the epoch so far; waits for the device. */
    public double[] means() {
        double[] read = sums.read();
        return new double[] {read[0] / images, read[1] / images};
    }

    /** Closes the sums of an epoch. */
    void endEpoch(EpochReport report) {
        curve.add(report);
        images = 0;
        sums.clear();
    }

    /** The trained network by name, with shapes: weights first, then running statistics. */
    Safetensors named() {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        tensors.putAll(weights.named(""));
        tensors.putAll(statistics.named(""));
        return new Safetensors(tensors, Map.of());
    }
}
