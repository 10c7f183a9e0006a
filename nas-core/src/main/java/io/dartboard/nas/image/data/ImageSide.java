package io.dartboard.nas.image.data;

import java.util.stream.IntStream;

/**
 * The side of the square images on which cells are searched and retrained, in pixels: a multiple of four, since the CIFAR
 * network halves it twice, from 8 to 256.
 */
public final class ImageSide {

    /** That of a CIFAR image. */
    public static final int CIFAR = 32;

    private static final int STEP = 4;
    private static final int LEAST = 8;
    private static final int MOST = 256;

    private ImageSide() {}

    /** True if images of this side can be searched on. */
    public static boolean isPossible(int side) {
        return side >= LEAST && side <= MOST && side % STEP == 0;
    }

    /**
     * Refuses any other side.
     *
     * @param what the name of the setting
     * @throws IllegalArgumentException with one line that begins with the name
     */
    public static void require(String what, int side) {
        if (!isPossible(side)) {
            throw new IllegalArgumentException("%s must be a multiple of %d from %d to %d pixels (was %d)"
                    .formatted(what, STEP, LEAST, MOST, side));
        }
    }

    /** Every possible side, ascending. */
    static IntStream all() {
        return IntStream.iterate(LEAST, side -> side <= MOST, side -> side + STEP);
    }
}
