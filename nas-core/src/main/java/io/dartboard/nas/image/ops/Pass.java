package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Leaves;
import java.util.List;
import java.util.Optional;

/** What surrounds one forward pass: the weights, the running statistics and whether this is training. */
public final class Pass {
    private final Leaves weights;
    private final Leaves statistics;
    private final ChannelConstants constants;
    private final boolean training;
    private final Optional<SkipMasks> skipMasks;

    private Pass(Leaves weights, Leaves statistics, ChannelConstants constants, boolean training) {
        this(weights, statistics, constants, training, Optional.empty());
    }

    private Pass(
            Leaves weights,
            Leaves statistics,
            ChannelConstants constants,
            boolean training,
            Optional<SkipMasks> skipMasks) {
        this.weights = weights;
        this.statistics = statistics;
        this.constants = constants;
        this.training = training;
        this.skipMasks = skipMasks;
    }

    /** A pass through a supernet, which keeps no running statistics. */
    public static Pass search(Leaves weights, ChannelConstants constants) {
        return new Pass(weights, Leaves.none(), constants, true);
    }

    /** The same, in which skip connections drop out what these masks do. */
    public static Pass search(Leaves weights, ChannelConstants constants, Optional<SkipMasks> skipMasks) {
        return new Pass(weights, Leaves.none(), constants, true, skipMasks);
    }

    /** A pass that trains a discrete network and moves its running statistics, which must be constants of the pass. */
    public static Pass training(Leaves weights, Leaves statistics, ChannelConstants constants) {
        return new Pass(weights, statistics, constants, true);
    }

    /** A pass that evaluates a discrete network by its running statistics. */
    public static Pass evaluation(Leaves weights, Leaves statistics, ChannelConstants constants) {
        return new Pass(weights, statistics, constants, false);
    }

    /** Whether batch statistics are used and running ones moved. */
    public boolean training() {
        return training;
    }

    /** The weight of an index. */
    public NDArray weight(int index) {
        return weights.get(index);
    }

    /** The values of a vector at given places, in their order. */
    public NDArray pick(NDArray vector, List<Long> places) {
        return constants.pick(vector, places);
    }

    /** The mean of each window of (N, C, H, W); padding is not counted. */
    public NDArray averagePool(NDArray x, int kernel, int stride, int padding) {
        return constants.averagePool(x, kernel, stride, padding);
    }

    /** Normalises (N, C, H, W) by its own statistics, without parameters. */
    public NDArray normalize(NDArray x) {
        return constants.normalize(x);
    }

    /** Normalises (N, C, H, W) by its own statistics and scales it by a gain (C). */
    public NDArray normalize(NDArray x, NDArray gain) {
        return constants.normalize(x, gain);
    }

    Optional<SkipMasks> skipMasks() {
        return skipMasks;
    }

    NDArray statistic(int index) {
        return statistics.get(index);
    }

    ChannelConstants constants() {
        return constants;
    }
}
