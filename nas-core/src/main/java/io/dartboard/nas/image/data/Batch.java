package io.dartboard.nas.image.data;

import ai.djl.ndarray.NDManager;
import io.dartboard.nas.tensor.DeviceBatch;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Images and labels of one step, ready to be copied to a device.
 *
 * @param images (count, channels, height, width) row-major
 * @param labels one label per image
 */
public record Batch(float[] images, long[] labels, int channels, int height, int width) {

    /** The number of images. */
    public int count() {
        return labels.length;
    }

    /** A copy in a scope. */
    public DeviceBatch on(NDManager scope) {
        return DeviceBatch.of(scope, images, labels, channels, height, width);
    }

    /**
     * Loads the images at {@code indices}.
     *
     * @param random for each position in the batch, the generator that the augmentation of that image draws from
     */
    public static Batch load(LabelledImages source, int[] indices, IntFunction<RandomGenerator> random) {
        Batch batch = blank(source, indices.length);
        batch.load(source, indices, 0, indices.length, random);
        return batch;
    }

    /** A batch whose images are still to be loaded. */
    static Batch blank(LabelledImages source, int count) {
        return new Batch(
                new float[count * source.floatsPerImage()],
                new long[count],
                source.channels(),
                source.height(),
                source.width());
    }

    /** Loads the images of the positions {@code [from, to)}; several threads may load different positions at once. */
    void load(LabelledImages source, int[] indices, int from, int to, IntFunction<? extends RandomGenerator> random) {
        int each = source.floatsPerImage();
        for (int i = from; i < to; i++) {
            source.fill(indices[i], images, i * each, random.apply(i));
            labels[i] = source.label(indices[i]);
        }
    }
}
