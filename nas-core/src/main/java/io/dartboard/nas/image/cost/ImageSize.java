package io.dartboard.nas.image.cost;

/**
 * Size of an input image in pixels.
 *
 * @param height rows
 * @param width columns
 */
public record ImageSize(int height, int width) {
    public ImageSize {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "an image has at least one row and one column (was %d x %d)".formatted(height, width));
        }
    }

    /** A square image. */
    public static ImageSize square(int side) {
        return new ImageSize(side, side);
    }
}
