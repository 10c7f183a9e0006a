package io.dartboard.nas.image.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Cutout (DeVries and Taylor, 2017): a square of the normalised image is set to 0, the mean. Its centre is uniform over
 * the image and the square is clipped at the borders.
 *
 * @param length the side of the square in pixels; 0 cuts nothing
 */
public record Cutout(int length) {

    public Cutout {
        if (length < 0) {
            throw new IllegalArgumentException("cutout length must not be negative (was " + length + ")");
        }
    }

    /** The part of an image that is cut: rows {@code [top, bottom)}, columns {@code [left, right)}. */
    public record Rectangle(int top, int bottom, int left, int right) {}

    /** The square around a centre, clipped to an image of the given size. */
    public Rectangle around(int centreY, int centreX, int height, int width) {
        int half = length / 2;
        return new Rectangle(
                Math.max(0, centreY - half),
                Math.min(height, centreY + half),
                Math.max(0, centreX - half),
                Math.min(width, centreX + half));
    }

    /** Cuts a drawn square out of an image (C, H, W) that starts at {@code offset}. */
    void apply(float[] image, int offset, int channels, int height, int width, RandomGenerator random) {
        if (length == 0) {
            return;
        }
        Rectangle cut = around(random.nextInt(height), random.nextInt(width), height, width);
        for (int c = 0; c < channels; c++) {
            for (int y = cut.top(); y < cut.bottom(); y++) {
                int row = offset + (c * height + y) * width;
                Arrays.fill(image, row + cut.left(), row + cut.right(), 0f);
            }
        }
    }
}
