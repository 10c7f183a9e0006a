package io.dartboard.nas.image.data;

import java.util.random.RandomGenerator;

/**
 * Small images as a training loop sees them, after the manner of CIFAR. For training: pad an eighth of the side with black
 * (4 at 32), crop a square of the side at random, flip at random, normalise, and cut a square out after the normalisation
 * (DARTS, supplement A.1). For testing: normalise.
 */
public final class CifarImages implements LabelledImages {

    private static final int SIDES_PER_PADDING = 8;

    private final PixelImages images;
    private final int padding;
    private final float[][] table;
    private final boolean augmented;
    private final Cutout cutout;

    private CifarImages(PixelImages images, Normalisation normalisation, boolean augmented, Cutout cutout) {
        this.images = images;
        this.padding = images.side() / SIDES_PER_PADDING;
        this.table = normalisation.table();
        this.augmented = augmented;
        this.cutout = cutout;
    }

    /** The images with training augmentation. */
    public static CifarImages forTraining(PixelImages images, Normalisation normalisation, Cutout cutout) {
        return new CifarImages(images, normalisation, true, cutout);
    }

    /** The images as they are, normalised. */
    public static CifarImages forTesting(PixelImages images, Normalisation normalisation) {
        return new CifarImages(images, normalisation, false, new Cutout(0));
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
        return Pixels.CHANNELS;
    }

    @Override
    public int height() {
        return images.side();
    }

    @Override
    public int width() {
        return images.side();
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
        int shiftY = random.nextInt(2 * padding + 1) - padding;
        int shiftX = random.nextInt(2 * padding + 1) - padding;
        boolean flip = random.nextBoolean();
        copy(pixels, target, offset, shiftY, shiftX, flip);
        cutout.apply(target, offset, channels(), height(), width(), random);
    }

    private void copy(byte[] pixels, float[] target, int offset, int shiftY, int shiftX, boolean flip) {
        int side = images.side();
        int to = offset;
        for (int c = 0; c < Pixels.CHANNELS; c++) {
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
