package io.dartboard.nas.image.data;

import java.util.random.RandomGenerator;

/**
 * A set of labelled images as a training loop sees it: already normalised, augmented where the set is one for training.
 * Implementations are immutable and safe for use by many threads at once.
 */
public interface LabelledImages {

    /** The number of images. */
    int size();

    /** The number of classes; every label is in {@code [0, classes)}. */
    int classes();

    /** The number of colour channels. */
    int channels();

    /** The height of each image in pixels. */
    int height();

    /** The width of each image in pixels. */
    int width();

    /** The label of one image. */
    int label(int index);

    /**
     * Writes one image, (C, H, W) row-major, into {@code target} from {@code offset} on.
     *
     * @param random where every random choice of an augmentation comes from; a set without augmentation draws nothing
     * @throws java.io.UncheckedIOException if the image lies in a file that cannot be read any more
     */
    void fill(int index, float[] target, int offset, RandomGenerator random);

    /** The number of floats that {@link #fill} writes. */
    default int floatsPerImage() {
        return channels() * height() * width();
    }
}
