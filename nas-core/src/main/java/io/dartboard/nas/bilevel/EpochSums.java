package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.tensor.DeviceSums;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Splits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What is summed over the steps of an epoch of a search. */
final class EpochSums {
    private static final String SUMS = "books.sums";
    private static final String COUNTS = "books.counts";

    private final AlphaLayout alphas;
    private final boolean counts;
    private final DeviceSums sums; // loss, right answers where they are counted, gradient norm of each group of alphas
    private long steps;
    private long items;

    /**
     * What has been summed, read to the heap.
     *
     * @param train fit to the training half as it came, before each weight step
     * @param gradientNorms L2 norm of the alpha gradient by group, averaged over the steps that move them; none where no step
     *     does
     */
    record Totals(Fit train, Map<String, Double> gradientNorms) {
        OptionalDouble gradientNorm(String group) {
            Double norm = gradientNorms.get(group);
            return norm == null ? OptionalDouble.empty() : OptionalDouble.of(norm);
        }

        boolean finite() {
            return Double.isFinite(train.loss())
                    && gradientNorms.values().stream().allMatch(Double::isFinite);
        }
    }

    /** @param counts whether right answers are counted */
    EpochSums(NDManager scope, AlphaLayout alphas, boolean counts) {
        this(scope, alphas, counts, new double[places(alphas, counts)], 0, 0);
    }

    private EpochSums(NDManager scope, AlphaLayout alphas, boolean counts, double[] sums, long steps, long items) {
        this.alphas = alphas;
        this.counts = counts;
        this.sums = new DeviceSums(scope, sums);
        this.steps = steps;
        this.items = items;
    }

    private static int places(AlphaLayout alphas, boolean counts) {
        return 1 + (counts ? 1 : 0) + alphas.groups().size();
    }

    /**
     * Those of a snapshot.
     *
     * @throws IllegalArgumentException if they are sums of another kind of search
     */
    static EpochSums restore(NDManager scope, AlphaLayout alphas, boolean counts, Snapshot snapshot) {
        double[] sums = snapshot.tensor(SUMS).doubles();
        long[] stored = snapshot.tensor(COUNTS).longs();
        if (sums.length != places(alphas, counts) || stored.length != 2) {
            throw new IllegalArgumentException("the snapshot sums up another kind of search");
        }
        return counts
                ? new EpochSums(scope, alphas, true, sums, stored[0], stored[1])
                : new EpochSums(scope, alphas, false, sums, stored[1], stored[0]);
    }

    Map<String, HostTensor> tensors() {
        // Where right answers are counted steps come first, else last: so snapshots have always had it.
        long[] stored = counts ? new long[] {steps, items} : new long[] {items, steps};
        double[] values = sums.read();
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        tensors.put(COUNTS, HostTensor.of(stored, 2));
        tensors.put(SUMS, HostTensor.of(values, values.length));
        return tensors;
    }

    /**
     * Adds a step.
     *
     * @param alpha what moved the alphas; empty if they stayed as they are
     * @param count images or words that the loss is the mean over
     * @param right how many of them were answered right, (), where right answers are counted
     */
    void add(Optional<Hypergradient.Estimate> alpha, SearchStep.WeightStep weight, int count, Optional<NDArray> right) {
        List<NDArray> step = new ArrayList<>();
        step.add(DeviceSums.summed(weight.loss(), count));
        right.ifPresent(step::add);
        alpha.ifPresentOrElse(
                moved -> Splits.of(moved.gradient(), alphas.sizes())
                        .forEach(group -> step.add(group.square().sum().sqrt())),
                () -> alphas.groups().forEach(group -> step.add(weight.loss().zerosLike())));
        sums.add(step);
        steps++;
        items += count;
    }

    /**
     * Waits for the device.
     *
     * @param alphaSteps how many of the steps have moved the alphas
     */
    Totals totals(long alphaSteps) {
        double[] values = sums.read();
        double[] norms = Arrays.copyOfRange(values, counts ? 2 : 1, values.length);
        Map<String, Double> byGroup = new LinkedHashMap<>();
        for (int i = 0; i < norms.length && alphaSteps > 0; i++) {
            byGroup.put(alphas.groups().get(i).name(), norms[i] / alphaSteps);
        }
        OptionalDouble accuracy = counts ? OptionalDouble.of(values[1] / items) : OptionalDouble.empty();
        return new Totals(new Fit(values[0] / items, accuracy), byGroup);
    }

    void clear() {
        sums.clear();
        steps = 0;
        items = 0;
    }
}
