package io.dartboard.nas.image.data;

import java.util.List;

/** Where the pixels of square 8-bit RGB images come from. Implementations are safe for use by many threads at once. */
interface Pixels {

    int CHANNELS = 3;

    /** The side of every image in pixels. */
    int side();

    /** The planes of one image, (3, side, side) row-major; callers read and never write. */
    byte[] planes(int index);

    /** The number of bytes of an image. */
    static int bytes(int side) {
        return CHANNELS * side * side;
    }

    /** Pixels in memory, an array for each image. */
    record Held(int side, List<byte[]> images) implements Pixels {

        public Held {
            images = List.copyOf(images);
            for (byte[] planes : images) {
                if (planes.length != bytes(side)) {
                    throw new IllegalArgumentException("an image of %d x %d pixels has %d bytes (was %d)"
                            .formatted(side, side, bytes(side), planes.length));
                }
            }
        }

        @Override
        public byte[] planes(int index) {
            return images.get(index);
        }
    }
}
