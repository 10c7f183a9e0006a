package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/**
 * Images and labels of one step on a device.
 *
 * @param images (N, C, H, W), stored with channels last
 * @param labels (N), 64-bit integers
 */
public record DeviceBatch(NDArray images, NDArray labels) {
    /**
     * Copies a batch into a scope.
     *
     * @param images (N, channels, height, width) row-major, N being the number of labels
     */
    public static DeviceBatch of(NDManager scope, float[] images, long[] labels, int channels, int height, int width) {
        NDArray stored = ChannelsLast.toDevice(scope, images, labels.length, channels, height, width);
        return new DeviceBatch(stored, Copy.toDevice(scope, labels));
    }

    /** The batch with images of another precision; labels stay integers. */
    public DeviceBatch as(DataType type) {
        return new DeviceBatch(images.toType(type, false), labels);
    }

    /** The same batch for a pass in another scope; nothing is copied. */
    public DeviceBatch in(NDManager scope) {
        return new DeviceBatch(Autograd.constant(scope, images), Autograd.constant(scope, labels));
    }

    /** Number of images. */
    public int count() {
        return (int) labels.size();
    }
}
