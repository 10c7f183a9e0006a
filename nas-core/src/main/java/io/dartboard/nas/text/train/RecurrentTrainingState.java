package io.dartboard.nas.text.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.optim.Asgd;
import io.dartboard.nas.optim.NonMonotone;
import io.dartboard.nas.optim.Sgd;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceSums;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.nas.text.network.DiscreteLanguageModel;
import io.dartboard.nas.text.train.BestState.Averaging;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that changes while a language model trains: weights, their average once it has begun, the hidden state that the
 * windows leave, the sums of the epoch, the curve, the best state, and how often it was gone back to. SGD has no momentum,
 * so it has no state.
 */
public final class RecurrentTrainingState implements AutoCloseable {
    private static final String WEIGHTS = "weights";
    private static final String AVERAGE = "average";
    private static final String HIDDEN = "hidden";
    private static final String LOSS = "loss";
    private static final String COUNTS = "counts";
    private static final String CURVE = "curve";

    final List<RecurrentEpochReport> curve = new ArrayList<>();
    private final NDManager scope;
    private final RecurrentTrainConfig config;
    private final ParameterVector weights;
    private final Sgd sgd;
    private Optional<Asgd> asgd = Optional.empty();
    private Optional<BestState> best = Optional.empty();
    private NDArray hidden; // (B, n)
    private final DeviceSums sums; // loss
    private long words;
    private int rollbacks;
    private int rollbacksInARow;

    private RecurrentTrainingState(
            NDManager parent,
            DiscreteLanguageModel network,
            RecurrentTrainConfig config,
            float[] weights,
            double loss) {
        this.scope = parent.newSubManager();
        this.sums = new DeviceSums(scope, loss);
        this.config = config;
        this.weights = new ParameterVector(scope, network.layout(), weights);
        this.sgd = new Sgd(scope, this.weights, 0, config.weightDecay());
        this.hidden = scope.zeros(new Shape(config.batchSize(), config.width()));
    }

    /** A model that has not been trained; its weights come from the stream {@code weights}. */
    public static RecurrentTrainingState fresh(
            NDManager parent, DiscreteLanguageModel network, RecurrentTrainConfig config, RandomStreams streams) {
        return new RecurrentTrainingState(
                parent, network, config, network.layout().initial(streams.stream("weights")), 0);
    }

    /**
     * Continues from a snapshot of the same training.
     *
     * @throws IllegalArgumentException if the snapshot is damaged
     */
    static RecurrentTrainingState restore(
            NDManager parent, DiscreteLanguageModel network, RecurrentTrainConfig config, Snapshot snapshot) {
        RecurrentTrainingState state = new RecurrentTrainingState(
                parent,
                network,
                config,
                snapshot.tensor(WEIGHTS).floats(),
                snapshot.tensor(LOSS).doubles()[0]);
        long[] counts = snapshot.tensor(COUNTS).longs();
        if (snapshot.content().tensors().containsKey(AVERAGE)) {
            state.average(snapshot.tensor(AVERAGE).floats(), counts[1]);
        }
        float[] hidden = snapshot.tensor(HIDDEN).floats();
        state.leave(Copy.toDevice(state.scope, hidden, new Shape(config.batchSize(), config.width())));
        state.words = counts[0];
        state.rollbacks = Math.toIntExact(counts[2]);
        state.rollbacksInARow = Math.toIntExact(counts[3]);
        state.curve.addAll(RecurrentCurve.decode(snapshot.tensor(CURVE)));
        state.best = BestState.restore(snapshot);
        return state;
    }

    /** Takes everything to the heap; waits for the device. */
    Safetensors content() {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        tensors.put(WEIGHTS, HostTensor.of(weights.values()));
        asgd.ifPresent(
                some -> tensors.put(AVERAGE, HostTensor.of(some.averaged().values())));
        tensors.put(HIDDEN, HostTensor.of(hidden));
        tensors.put(LOSS, HostTensor.of(sums.read(), 1));
        long averagingSteps = asgd.map(Asgd::steps).orElse(0L);
        tensors.put(COUNTS, HostTensor.of(new long[] {words, averagingSteps, rollbacks, rollbacksInARow}, 4));
        tensors.put(CURVE, RecurrentCurve.encode(curve));
        best.ifPresent(some -> some.putInto(tensors));
        return new Safetensors(tensors, Map.of());
    }

    /** A scope within this state's, for one step; the caller closes it. */
    NDManager openScope() {
        return scope.newSubManager();
    }

    ParameterVector weights() {
        return weights;
    }

    /** What is judged: the average of the weights once there is one. */
    ParameterVector judged() {
        return asgd.map(Asgd::averaged).orElse(weights);
    }

    boolean averages() {
        return asgd.isPresent();
    }

    NDArray hidden() {
        return hidden;
    }

    Optional<BestState> best() {
        return best;
    }

    /** How often it has gone back to its best state. */
    int rollbacks() {
        return rollbacks;
    }

    /** How often it has gone back to the best state that it has now. */
    int rollbacksInARow() {
        return rollbacksInARow;
    }

    /** Takes over the hidden state that a window has left: part of no graph, (B, n). */
    void leave(NDArray left) {
        hidden.close();
        hidden = Torch.into(scope, left);
    }

    /** Forgets the hidden state, as at the begin of a text. */
    void forget() {
        leave(hidden.zerosLike());
    }

    /** One step of SGD, averaged or not. */
    void step(NDArray gradient, double learningRate) {
        asgd.ifPresentOrElse(some -> some.step(gradient, learningRate), () -> sgd.step(gradient, learningRate));
    }

    /** Adds a step: the mean loss of its words, a single number, whose scope takes the temporary arrays. */
    void add(NDArray meanLoss, int count) {
        sums.add(List.of(DeviceSums.summed(meanLoss, count)));
        words += count;
    }

    /** Mean loss of a word in the epoch so far; waits for the device. */
    public double meanLoss() {
        return sums.read()[0] / words;
    }

    /** Closes an epoch: keeps the state if it is the best, and begins to average if it is time. */
    void endEpoch(RecurrentEpochReport report) {
        List<Double> before =
                curve.stream().map(RecurrentEpochReport::validLoss).toList();
        curve.add(report);
        sums.clear();
        words = 0;
        if (before.stream().allMatch(earlier -> report.validLoss() < earlier)) {
            Optional<Averaging> averaging =
                    asgd.map(some -> new Averaging(some.averaged().toArray(), some.steps()));
            best = Optional.of(new BestState(report.epoch() + 1, weights.toArray(), averaging));
            rollbacksInARow = 0;
        }
        if (asgd.isEmpty() && new NonMonotone(config.patience()).triggers(before, report.validLoss())) {
            asgd = Optional.of(new Asgd(scope, weights, config.weightDecay()));
        }
    }

    /** The best state so far, or the very first, as the state of a new try; this one may be closed then. */
    RecurrentTrainingState rollBack(NDManager parent, DiscreteLanguageModel network, RandomStreams streams) {
        RecurrentTrainingState state = best.map(
                        some -> new RecurrentTrainingState(parent, network, config, some.weights(), 0))
                .orElseGet(() -> fresh(parent, network, config, streams));
        best.flatMap(BestState::averaging).ifPresent(some -> state.average(some.average(), some.steps()));
        state.curve.addAll(curve.subList(0, best.map(BestState::nextEpoch).orElse(0)));
        state.best = best;
        state.rollbacks = rollbacks + 1;
        state.rollbacksInARow = rollbacksInARow + 1;
        return state;
    }

    private void average(float[] average, long steps) {
        asgd = Optional.of(new Asgd(scope, weights, config.weightDecay(), average, steps));
    }

    @Override
    public void close() {
        scope.close();
    }
}
