package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** Pooling of images (N, C, H, W) over square windows; the output rounds down. */
public final class Pooling {
    private Pooling() {}

    /** The largest value of each window; padding is minus infinity, so it never wins. */
    public static NDArray max(NDArray x, int kernel, int stride, int padding) {
        return JniUtils.maxPool(
                (PtNDArray) x,
                new Shape(kernel, kernel),
                new Shape(stride, stride),
                new Shape(padding, padding),
                false);
    }

    /**
     * The mean of each window; padding is not counted. DJL's switch for that does nothing (its binding always counts the
     * padding), so the mean is divided by the share of the window that lies inside the image.
     *
     * @param inside as {@link #inside} gives it
     */
    static NDArray average(NDArray x, int kernel, int stride, int padding, NDArray inside) {
        NDArray counted = averageWithPadding(x, kernel, stride, padding);
        return padding == 0 ? counted : counted.divi(inside);
    }

    /** The share of each window that lies inside an image: (1, 1, H', W'). */
    static NDArray inside(
            NDManager scope, DataType type, long height, long width, int kernel, int stride, int padding) {
        NDArray image = scope.ones(new Shape(1, 1, height, width), type);
        return Torch.consume(image, ones -> averageWithPadding(ones, kernel, stride, padding));
    }

    private static NDArray averageWithPadding(NDArray x, int kernel, int stride, int padding) {
        return JniUtils.avgPool(
                (PtNDArray) x,
                new Shape(kernel, kernel),
                new Shape(stride, stride),
                new Shape(padding, padding),
                false,
                true);
    }

    /** The mean of each channel: (N, C). */
    public static NDArray global(NDArray x) {
        Shape shape = x.getShape();
        Shape pixels = new Shape(shape.get(0), shape.get(2) * shape.get(3), shape.get(1));
        NDArray list = Torch.consume(ChannelsLast.rows(x), rows -> rows.reshape(pixels));
        return Torch.consume(list, each -> each.mean(new int[] {1}));
    }
}
