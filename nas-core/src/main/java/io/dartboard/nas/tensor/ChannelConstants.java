package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Constants that passes share, made once and owned by a long-lived scope: what a batch normalisation without parameters or
 * without running statistics is given in their place, for the engine wants real arrays, one set per channel count; how much
 * of each pooling window lies inside an image; and places of a vector to be picked. None is copied to the device again.
 */
public final class ChannelConstants {
    private final Map<List<Long>, NDArray> places = new ConcurrentHashMap<>();

    private record Windows(long height, long width, int kernel, int stride, int padding) {}

    private record Constants(NDArray ones, NDArray zeros, NDArray discardedMean, NDArray discardedVariance) {}

    private final NDManager scope;
    private final DataType type;
    private final Map<Integer, Constants> byChannels = new ConcurrentHashMap<>();
    private final Map<Windows, NDArray> inside = new ConcurrentHashMap<>();

    /** Constants of one precision that live as long as a scope. */
    public ChannelConstants(NDManager scope, DataType type) {
        this.scope = scope;
        this.type = type;
    }

    /** A gain of one, (C). */
    public NDArray ones(int channels) {
        return constants(channels).ones();
    }

    /** A bias of zero, (C). */
    public NDArray zeros(int channels) {
        return constants(channels).zeros();
    }

    /** Normalises (N, C, H, W) by its own statistics. */
    public NDArray normalize(NDArray x) {
        Constants constants = constants((int) x.getShape().get(1));
        return normalize(x, constants.ones(), constants.zeros());
    }

    /** Normalises (N, C, H, W) by its own statistics, scaled by a gain (C). */
    public NDArray normalize(NDArray x, NDArray gain) {
        return normalize(x, gain, zeros((int) x.getShape().get(1)));
    }

    /** Normalises (N, C, H, W) by its own statistics, with a gain (C) and a bias (C). No running statistics are kept. */
    public NDArray normalize(NDArray x, NDArray gain, NDArray bias) {
        Constants constants = constants((int) x.getShape().get(1));
        return BatchNorm.train(x, gain, bias, constants.discardedMean(), constants.discardedVariance());
    }

    /** The mean of each window of (N, C, H, W); padding is not counted. */
    public NDArray averagePool(NDArray x, int kernel, int stride, int padding) {
        Shape shape = x.getShape();
        Windows windows = new Windows(shape.get(2), shape.get(3), kernel, stride, padding);
        return Pooling.average(x, kernel, stride, padding, inside.computeIfAbsent(windows, this::inside));
    }

    /** The values of a vector at given places, in their order. */
    public NDArray pick(NDArray vector, List<Long> at) {
        return JniUtils.gather((PtNDArray) vector, (PtNDArray) places.computeIfAbsent(at, this::indices), 0);
    }

    private NDArray indices(List<Long> at) {
        return Copy.toDevice(scope, at.stream().mapToLong(Long::longValue).toArray());
    }

    private NDArray inside(Windows windows) {
        return Pooling.inside(
                scope, type, windows.height(), windows.width(), windows.kernel(), windows.stride(), windows.padding());
    }

    private Constants constants(int channels) {
        return byChannels.computeIfAbsent(channels, this::make);
    }

    private Constants make(int channels) {
        Shape shape = new Shape(channels);
        return new Constants(
                scope.ones(shape, type), scope.zeros(shape, type), scope.zeros(shape, type), scope.ones(shape, type));
    }
}
