package io.dartboard.nas.data;

import io.dartboard.nas.data.ImageFolder.Photo;
import io.dartboard.nas.data.RgbImage.Box;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Photographs as a training loop sees them, decoded when they are asked for. For training: random-resized crop, flip,
 * colour jitter, normalise. For testing: resize the shorter side to {@code resolution * 256 / 224}, crop the centre,
 * normalise.
 */
public final class PhotoImages implements LabelledImages {

    private final List<Photo> photos;
    private final int classes;
    private final int resolution;
    private final boolean augmented;

    private PhotoImages(List<Photo> photos, int classes, int resolution, boolean augmented) {
        if (resolution < 1) {
            throw new IllegalArgumentException("resolution must be at least 1 pixel (was " + resolution + ")");
        }
        this.photos = List.copyOf(photos);
        this.classes = classes;
        this.resolution = resolution;
        this.augmented = augmented;
    }

    /** The training photographs of a folder with augmentation, {@code resolution} pixels square. */
    public static PhotoImages forTraining(ImageFolder folder, int resolution) {
        return new PhotoImages(folder.train(), folder.classNames().size(), resolution, true);
    }

    /** The validation photographs of a folder, {@code resolution} pixels square. */
    public static PhotoImages forTesting(ImageFolder folder, int resolution) {
        return new PhotoImages(folder.valid(), folder.classNames().size(), resolution, false);
    }

    @Override
    public int size() {
        return photos.size();
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public int channels() {
        return 3;
    }

    @Override
    public int height() {
        return resolution;
    }

    @Override
    public int width() {
        return resolution;
    }

    @Override
    public int label(int index) {
        return photos.get(index).label();
    }

    @Override
    public void fill(int index, float[] target, int offset, RandomGenerator random) {
        RgbImage image;
        try {
            image = RgbImage.decode(photos.get(index).file());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + photos.get(index).file() + " any more", e);
        }
        float[] pixels = augmented ? augment(image, random) : centre(image); // (3, resolution, resolution)
        int plane = resolution * resolution;
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < plane; i++) {
                target[offset + c * plane + i] = Normalisation.IMAGENET.of(c, pixels[c * plane + i]);
            }
        }
    }

    private float[] augment(RgbImage image, RandomGenerator random) {
        Box box = RandomResizedCrop.draw(image.height(), image.width(), random);
        float[] pixels = image.resized(box, resolution, resolution);
        if (random.nextBoolean()) {
            mirror(pixels);
        }
        ColourJitter.IMAGENET.apply(pixels, resolution * resolution, random);
        return pixels;
    }

    /** Resizing the shorter side to s and cropping r in the centre is one resize of the centred box of r / s of it. */
    private float[] centre(RgbImage image) {
        int shorter = Math.min(image.height(), image.width());
        int side = Math.max(1, Math.round(shorter * 224f / 256f));
        Box box = RandomResizedCrop.centred(image.height(), image.width(), side, side);
        return image.resized(box, resolution, resolution);
    }

    private void mirror(float[] pixels) {
        for (int row = 0; row < pixels.length; row += resolution) {
            for (int left = row, right = row + resolution - 1; left < right; left++, right--) {
                float kept = pixels[left];
                pixels[left] = pixels[right];
                pixels[right] = kept;
            }
        }
    }
}
