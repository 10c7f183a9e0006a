package io.dartboard.nas.search;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.hypergradient.Hypergradient;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Scalars;
import java.util.Map;

/**
 * Sums over the steps of an epoch. They stay on the device, so that no step waits for a number, and are read at the end
 * of the epoch or for a snapshot.
 */
final class EpochBooks {
    private static final String SUMS = "books.sums";
    private static final String COUNTS = "books.counts";
    private static final int ENTRIES = 4; // loss, correct, gradient norm of the normal and of the reduction cell

    private final NDArray sums; // (ENTRIES)
    private long steps;
    private long images;

    /** What has been summed, read to the heap. */
    record Totals(double trainLoss, double trainAccuracy, double normalGradientNorm, double reduceGradientNorm) {}

    EpochBooks(NDManager scope) {
        this(scope, new float[ENTRIES], 0, 0);
    }

    private EpochBooks(NDManager scope, float[] sums, long steps, long images) {
        this.sums = Copy.toDevice(scope, sums, new Shape(ENTRIES));
        this.steps = steps;
        this.images = images;
    }

    static EpochBooks restore(NDManager scope, Snapshot snapshot) {
        long[] counts = snapshot.tensor(COUNTS).longs();
        return new EpochBooks(scope, snapshot.tensor(SUMS).floats(), counts[0], counts[1]);
    }

    Map<String, HostTensor> tensors() {
        return Map.of(SUMS, HostTensor.of(sums), COUNTS, HostTensor.of(new long[] {steps, images}, 2));
    }

    void add(Hypergradient.Estimate alpha, SearchStep.WeightStep weight, NDArray labels) {
        long count = labels.size();
        NDList gradients = alpha.gradient().split(2);
        NDArray step = NDArrays.concat(new NDList(
                Scalars.times(weight.loss().reshape(1), count),
                Functional.correct(weight.logits(), labels).reshape(1),
                norm(gradients.get(0)),
                norm(gradients.get(1))));
        sums.addi(step.toType(DataType.FLOAT32, false));
        steps++;
        images += count;
    }

    Totals totals() {
        float[] values = Copy.toHost(sums);
        return new Totals(
                (double) values[0] / images,
                (double) values[1] / images,
                (double) values[2] / steps,
                (double) values[3] / steps);
    }

    void clear() {
        try (NDArray same = sums.duplicate()) {
            sums.subi(same);
        }
        steps = 0;
        images = 0;
    }

    private static NDArray norm(NDArray vector) {
        return vector.square().sum().sqrt().reshape(1);
    }
}
