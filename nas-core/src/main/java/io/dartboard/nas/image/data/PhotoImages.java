package io.dartboard.nas.image.data;

import io.dartboard.nas.image.data.ImageFolder.Photo;
import io.dartboard.nas.image.data.RgbImage.Box;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Photographs as a training loop sees them, decoded when they are asked for. For training: random-resized crop, flip,
 * colour jitter, normalise. For testing: resize the shorter side to {@code resolution * 256 / 224}, crop the centre,
 * normalise.
 *
 * <p>A photograph that cannot be read or decoded is replaced by the next one of its class ({@link PhotoList}).
 */
public final class PhotoImages implements LabelledImages {

    private final PhotoList photos;
    private final int resolution;
    private final boolean augmented;

    private PhotoImages(
            ImageFolder folder, List<Photo> photos, int resolution, boolean augmented, CorruptImages corrupt) {
        if (resolution < 1) {
            throw new IllegalArgumentException("resolution must be at least 1 pixel (was " + resolution + ")");
        }
        this.photos = new PhotoList(folder.classNames(), photos, corrupt);
        this.resolution = resolution;
        this.augmented = augmented;
    }

    /** The training photographs of a folder with augmentation, {@code resolution} pixels square. */
    public static PhotoImages forTraining(ImageFolder folder, int resolution) {
        return forTraining(folder, resolution, folder.corruptToldTo(file -> {}));
    }

    /**
     * The training photographs of a folder with augmentation, {@code resolution} pixels square.
     *
     * @param corrupt where the photographs are noted that cannot be used
     */
    public static PhotoImages forTraining(ImageFolder folder, int resolution, CorruptImages corrupt) {
        return new PhotoImages(folder, folder.train(), resolution, true, corrupt);
    }

    /** The validation photographs of a folder, {@code resolution} pixels square. */
    public static PhotoImages forTesting(ImageFolder folder, int resolution) {
        return forTesting(folder, resolution, folder.corruptToldTo(file -> {}));
    }

    /**
     * The validation photographs of a folder, {@code resolution} pixels square.
     *
     * @param corrupt where the photographs are noted that cannot be used
     */
    public static PhotoImages forTesting(ImageFolder folder, int resolution, CorruptImages corrupt) {
        return new PhotoImages(folder, folder.valid(), resolution, false, corrupt);
    }

    @Override
    public int size() {
        return photos.size();
    }

    @Override
    public int classes() {
        return photos.classes();
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
        return photos.label(index);
    }

    @Override
    public void fill(int index, float[] target, int offset, RandomGenerator random) {
        float[] pixels = photos.use(index, file -> pixels(file, random));
        Normalisation.IMAGENET.normalise(pixels, target, offset);
    }

    /** One photograph, augmented or not: intensities in [0, 1], (3, resolution, resolution). */
    private float[] pixels(Path file, RandomGenerator random) throws IOException {
        try (PhotoReader photo = PhotoReader.open(file)) {
            Box box = augmented
                    ? RandomResizedCrop.draw(photo.height(), photo.width(), random)
                    : centre(photo.height(), photo.width());
            float[] pixels = photo.read(box).resized(box, resolution, resolution);
            if (augmented) {
                if (random.nextBoolean()) {
                    mirror(pixels);
                }
                ColourJitter.IMAGENET.apply(pixels, resolution * resolution, random);
            }
            return pixels;
        }
    }

    /** Resizing the shorter side to s and cropping r in the centre is one resize of the centred box of r / s of it. */
    private static Box centre(int height, int width) {
        int side = Math.max(1, Math.round(Math.min(height, width) * 224f / 256f));
        return RandomResizedCrop.centred(height, width, side, side);
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
