package io.dartboard.nas.text.train;

import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.tensor.HostTensor;
import java.util.Map;
import java.util.Optional;

/**
 * The state after the epoch with the least validation loss so far: the model that will count, and where a training that
 * leaves the finite numbers goes on from.
 *
 * @param nextEpoch the epoch that comes after it
 * @param averaging the average of the weights, if there was one
 */
record BestState(int nextEpoch, float[] weights, Optional<Averaging> averaging) {
    private static final String WEIGHTS = "best.weights";
    private static final String AVERAGE = "best.average";
    private static final String COUNTS = "best.counts";

    /** An average as {@link io.dartboard.nas.optim.Asgd} keeps it. */
    record Averaging(float[] average, long steps) {}

    /** The model that was judged. */
    float[] judged() {
        return averaging.map(Averaging::average).orElse(weights);
    }

    void putInto(Map<String, HostTensor> tensors) {
        tensors.put(WEIGHTS, HostTensor.of(weights, weights.length));
        averaging.ifPresent(some -> tensors.put(AVERAGE, HostTensor.of(some.average(), some.average().length)));
        long steps = averaging.map(Averaging::steps).orElse(0L);
        tensors.put(COUNTS, HostTensor.of(new long[] {nextEpoch, steps}, 2));
    }

    static Optional<BestState> restore(Snapshot snapshot) {
        Map<String, HostTensor> tensors = snapshot.content().tensors();
        if (!tensors.containsKey(WEIGHTS)) {
            return Optional.empty();
        }
        long[] counts = snapshot.tensor(COUNTS).longs();
        Optional<Averaging> averaging = tensors.containsKey(AVERAGE)
                ? Optional.of(new Averaging(snapshot.tensor(AVERAGE).floats(), counts[1]))
                : Optional.empty();
        return Optional.of(new BestState(
                Math.toIntExact(counts[0]), snapshot.tensor(WEIGHTS).floats(), averaging));
    }
}
