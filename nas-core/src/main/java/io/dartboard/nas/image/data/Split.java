package io.dartboard.nas.image.data;

/**
 * The two halves of a training set in index order, as the DARTS authors split it: the first part trains the weights, the
 * rest is what the architecture, or the choice among architectures, is judged by.
 *
 * @param train the number of images that train
 * @param valid the number of images, after those, that validate
 */
public record Split(int train, int valid) {

    /**
     * Splits {@code size} images at {@code floor(trainPortion * size)}.
     *
     * @throws IllegalArgumentException if the portion is not strictly between 0 and 1, or one part would be empty
     */
    public static Split of(int size, double trainPortion) {
        if (!(trainPortion > 0 && trainPortion < 1)) {
            throw new IllegalArgumentException(
                    "trainPortion must lie strictly between 0 and 1, so that both parts have images (was "
                            + trainPortion + ")");
        }
        int train = (int) Math.floor(trainPortion * size);
        if (train == 0 || train == size) {
            throw new IllegalArgumentException("trainPortion " + trainPortion + " of " + size
                    + " images leaves one part without images; use more images"
                    + (size < 2 ? "" : " or another portion"));
        }
        return new Split(train, size - train);
    }

    public PixelImages trainOf(PixelImages images) {
        return images.slice(0, train);
    }

    public PixelImages validOf(PixelImages images) {
        return images.slice(train, train + valid);
    }
}
