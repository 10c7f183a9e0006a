package io.dartboard.nas.image.data;

import java.util.random.RandomGenerator;

/**
 * CIFAR images as a training loop sees them. For training: pad 4 with black, crop 32 × 32 at random, flip at random,
 * normalise, and cut a square out after the normalisation (DARTS, supplement A.1). For testing: normalise.
 */
public final class CifarImages implements LabelledImages {

    private static final int PADDING = 4;

    private final PixelImages images;
    private final float[][] table;
    private final boolean augmented;
    private final Cutout cutout;

    private CifarImages(PixelImages images, Normalisation normalisation, boolean augmented, Cutout cutout) {
        this.images = images;
        this.table = normalisation.table();
        this.augmented = augmented;
        this.cutout = cutout;
    }

    /** The images with training augmentation. */
    public static CifarImages forTraining(PixelImages images, Cutout cutout) {
        return new CifarImages(images, Normalisation.CIFAR10, true, cutout);
    }

    /** The images as they are, normalised. */
    public static CifarImages forTesting(PixelImages images) {
        return new CifarImages(images, Normalisation.CIFAR10, false, new Cutout(0));
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public int classes() {
        return images.classes();
    }

    @Override
    public int channels() {
        return PixelImages.CHANNELS;
    }

    @Override
    public int height() {
        return PixelImages.SIDE;
    }

    @Override
    public int width() {
        return PixelImages.SIDE;
    }

    @Override
    public int label(int index) {
        return images.label(index);
    }

    @Override
    public void fill(int index, float[] target, int offset, RandomGenerator random) {
        byte[] pixels = images.pixels(index);
        if (!augmented) {
            copy(pixels, target, offset, 0, 0, false);
            return;
        }
        int shiftY = random.nextInt(2 * PADDING + 1) - PADDING;
        int shiftX = random.nextInt(2 * PADDING + 1) - PADDING;
        boolean flip = random.nextBoolean();
        copy(pixels, target, offset, shiftY, shiftX, flip);
        cutout.apply(target, offset, channels(), height(), width(), random);
    }

    private void copy(byte[] pixels, float[] target, int offset, int shiftY, int shiftX, boolean flip) {
        int side = PixelImages.SIDE;
        int to = offset;
        for (int c = 0; c < PixelImages.CHANNELS; c++) {
            float[] values = table[c];
            for (int y = 0; y < side; y++) {
                int fromY = y + shiftY;
                for (int x = 0; x < side; x++) {
                    int fromX = (flip ? side - 1 - x : x) + shiftX;
                    boolean inside = fromY >= 0 && fromY < side && fromX >= 0 && fromX < side;
                    target[to++] = values[inside ? pixels[(c * side + fromY) * side + fromX] & 0xff : 0];
                }
            }
        }
    }
}
