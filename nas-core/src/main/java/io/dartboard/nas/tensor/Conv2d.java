package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of images without bias: how the kernel moves, not the kernel. Height comes first in every pair.
 *
 * @param groups channels are convolved in this many separate groups; as many as channels makes it depthwise
 */
public record Conv2d(int strideH, int strideW, int padH, int padW, int dilation, int groups) {
    public Conv2d {
        if (strideH < 1 || strideW < 1 || padH < 0 || padW < 0 || dilation < 1 || groups < 1) {
            throw new IllegalArgumentException(
                    "a convolution needs strides, dilation and groups of at least 1 and paddings of at least 0"
                            + " (were %d, %d, %d, %d and %d, %d)"
                                    .formatted(strideH, strideW, dilation, groups, padH, padW));
        }
    }

    /** A square convolution in one group. */
    public static Conv2d square(int stride, int padding) {
        return new Conv2d(stride, stride, padding, padding, 1, 1);
    }

    /** A 1x1 convolution that keeps the resolution. */
    public static Conv2d pointwise() {
        return square(1, 0);
    }

    /** A convolution of every channel with a kernel of its own, which keeps the resolution at stride 1. */
    public static Conv2d depthwise(int channels, int kernel, int stride, int dilation) {
        int padding = dilation * (kernel - 1) / 2;
        return new Conv2d(stride, stride, padding, padding, dilation, channels);
    }

    /**
     * Convolves.
     *
     * @param x (N, C, H, W)
     * @param kernel (out, C / groups, kH, kW)
     * @return (N, out, H', W')
     */
    public NDArray apply(NDArray x, NDArray kernel) {
        return JniUtils.convolution(
                (PtNDArray) x,
                (PtNDArray) kernel,
                noBias(),
                new Shape(strideH, strideW),
                new Shape(padH, padW),
                new Shape(dilation, dilation),
                groups);
    }

    // DJL takes a missing bias as null.
    @SuppressWarnings("NullAway")
    private static @Nullable PtNDArray noBias() {
        return null;
    }
}
