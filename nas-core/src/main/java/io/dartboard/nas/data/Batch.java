package io.dartboard.nas.data;

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

    /**
     * Loads the images at {@code indices}.
     *
     * @param random for each position in the batch, the generator that the augmentation of that image draws from
     */
    public static Batch load(LabelledImages source, int[] indices, IntFunction<RandomGenerator> random) {
        int each = source.floatsPerImage();
        float[] images = new float[indices.length * each];
        long[] labels = new long[indices.length];
        for (int i = 0; i < indices.length; i++) {
            source.fill(indices[i], images, i * each, random.apply(i));
            labels[i] = source.label(indices[i]);
        }
        return new Batch(images, labels, source.channels(), source.height(), source.width());
    }
}
