package io.dartboard.nas.image.data;

/**
 * The sizes of a set of photographs, in pixels.
 *
 * @param leastHeight of the lowest
 * @param leastWidth of the narrowest
 * @param mostHeight of the highest
 * @param mostWidth of the widest
 */
public record PhotoSizes(int leastHeight, int leastWidth, int mostHeight, int mostWidth) {

    /** Of no photograph. */
    static final PhotoSizes NONE = new PhotoSizes(Integer.MAX_VALUE, Integer.MAX_VALUE, 0, 0);

    /** With one more. */
    PhotoSizes and(int height, int width) {
        return new PhotoSizes(
                Math.min(leastHeight, height),
                Math.min(leastWidth, width),
                Math.max(mostHeight, height),
                Math.max(mostWidth, width));
    }

    /** Height and width of every photograph if all are squares of one size; else 0. */
    public int side() {
        boolean same = leastHeight == mostHeight && leastWidth == mostWidth && mostHeight == mostWidth;
        return same ? mostHeight : 0;
    }
}
