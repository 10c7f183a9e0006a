package io.dartboard.bench;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.image.data.Batch;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceBatch;
import java.util.random.RandomGenerator;

/** A batch of noise with labels: what a step costs does not depend on what it sees. */
final class RandomImages {
    static final int CHANNELS = 3;

    private final int side;
    private final float[] images;
    private final long[] labels;

    RandomImages(int count, int side, int classes, RandomGenerator random) {
        this.side = side;
        this.images = new float[count * CHANNELS * side * side];
        this.labels = new long[count];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < count; i++) {
            labels[i] = random.nextInt(classes);
        }
    }

    /** The batch on the heap. */
    Batch batch() {
        return new Batch(images, labels, CHANNELS, side, side);
    }

    /** The batch as a network gets it: the engine's with channels last, the plain one's in the default layout. */
    DeviceBatch on(NDManager scope, Network network) {
        if (network == Network.ENGINE) {
            return DeviceBatch.of(scope, images, labels, CHANNELS, side, side);
        }
        Shape shape = new Shape(labels.length, CHANNELS, side, side);
        return new DeviceBatch(Copy.toDevice(scope, images, shape), Copy.toDevice(scope, labels));
    }
}
