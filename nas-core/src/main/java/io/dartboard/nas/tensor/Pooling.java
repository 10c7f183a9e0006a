package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** Pooling of images (N, C, H, W) over square windows; the output rounds down. */
public final class Pooling {
    private Pooling() {}

    /** The largest value of each window; padding is minus infinity, so it never wins. */
    public static NDArray max(NDArray x, int kernel, int stride, int padding) {
        return JniUtils.maxPool(
                (PtNDArray) x, new Shape(kernel, kernel), new Shape(stride, stride), new Shape(padding, padding), false);
    }

    /** The mean of each window; padding is not counted. */
    public static NDArray average(NDArray x, int kernel, int stride, int padding) {
        return JniUtils.avgPool(
                (PtNDArray) x,
                new Shape(kernel, kernel),
                new Shape(stride, stride),
                new Shape(padding, padding),
                false,
                false);
    }

    /** The mean of each channel: (N, C). */
    public static NDArray global(NDArray x) {
        return x.mean(new int[] {2, 3});
    }
}
