package io.dartboard.nas.image.data;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Pixels in a file that holds the planes of image after image and nothing else. It is mapped into memory: pages come and go
 * as the system sees fit, and no heap is taken but for the image that is asked for. The file may be deleted meanwhile, but
 * never written.
 */
final class PixelFile implements Pixels {

    /** A map has at most two gigabytes. */
    private static final int MAP = 1 << 30;

    private final int side;
    private final int imagesPerMap;
    private final List<MappedByteBuffer> maps = new ArrayList<>();

    /**
     * Maps a file.
     *
     * @param images how many there are
     * @throws IOException if the file cannot be read or has another length
     */
    PixelFile(Path file, int side, int images) throws IOException {
        this.side = side;
        int bytes = Pixels.bytes(side);
        this.imagesPerMap = MAP / bytes;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() != (long) images * bytes) {
                throw new IOException("%s has %d bytes and not %d, as %d images of %d x %d pixels have"
                        .formatted(file, channel.size(), (long) images * bytes, images, side, side));
            }
            for (int from = 0; from < images; from += imagesPerMap) {
                int count = Math.min(imagesPerMap, images - from);
                maps.add(channel.map(FileChannel.MapMode.READ_ONLY, (long) from * bytes, (long) count * bytes));
            }
        }
    }

    @Override
    public int side() {
        return side;
    }

    @Override
    public byte[] planes(int index) {
        byte[] planes = new byte[Pixels.bytes(side)];
        maps.get(index / imagesPerMap).get(index % imagesPerMap * planes.length, planes);
        return planes;
    }
}
