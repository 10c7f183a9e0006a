package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Images whose channels lie next to each other in memory, (N, H, W, C), and are read as (N, C, H, W). The engine chooses
 * its kernels by the strides it meets and keeps the order through a network, so it is enough to bring images in this
 * way; on a CPU these kernels are much the faster ones. Values do not depend on it.
 *
 * <p>What is summed up in place is summed up as rows, (N, H, W, C): (N, C, H, W) is a view of them, and a change of a
 * view in place costs the engine a copy of the whole.
 */
public final class ChannelsLast {
    private ChannelsLast() {}

    /**
     * Copies images into a scope.
     *
     * @param images (count, channels, height, width), row-major
     * @return (count, channels, height, width), stored with channels last
     */
    static NDArray toDevice(NDManager scope, float[] images, int count, int channels, int height, int width) {
        int pixels = height * width;
        float[] rows = new float[images.length];
        for (int image = 0; image < count; image++) {
            int first = image * channels * pixels;
            for (int channel = 0; channel < channels; channel++) {
                for (int pixel = 0; pixel < pixels; pixel++) {
                    rows[first + pixel * channels + channel] = images[first + channel * pixels + pixel];
                }
            }
        }
        return images(Copy.toDevice(scope, rows, new Shape(count, height, width, channels)));
    }

    /** Reads (N, H, W, C) as images (N, C, H, W); nothing is copied. */
    public static NDArray images(NDArray rows) {
        return rows.transpose(0, 3, 1, 2);
    }

    /** Reads images (N, C, H, W) as (N, H, W, C); nothing is copied. */
    public static NDArray rows(NDArray images) {
        return images.transpose(0, 2, 3, 1);
    }
}
