package io.dartboard.nas.image.data;

import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.nas.image.data.ImageFolder.Photo;
import io.dartboard.nas.image.data.RgbImage.Box;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * The photographs of a folder as square images of one size, on which cells are searched and retrained: the shorter side is
 * resized and the centre cropped. They are decoded once, into a file of planes, training photographs first, so that any
 * number of them takes no heap and an epoch decodes nothing. One that cannot be decoded is replaced by the next one of its
 * class.
 */
public final class SquarePhotos {

    /** Raised whenever the same photographs would give other pixels, so that no file of an earlier release is used. */
    public static final int FORM = 1;

    private static final int BYTES_AT_ONCE = 1 << 24;

    private final ImageFolder folder;
    private final int side;

    /** @param side of the images in pixels */
    public SquarePhotos(ImageFolder folder, int side) {
        this.folder = folder;
        this.side = side;
    }

    /** The length of the file. */
    public long bytes() {
        return (long) Pixels.bytes(side)
                * (folder.train().size() + folder.valid().size());
    }

    /**
     * Decodes all photographs, by as many threads as there are processors.
     *
     * @param written told again and again how many bytes of the file are written; what it throws ends the work
     * @throws InvalidDatasetException if more than 5 % of the photographs cannot be decoded, or none of a class
     * @throws IOException if the file cannot be written
     */
    public void write(Path file, CorruptImages corrupt, LongConsumer written) throws IOException {
        // A stream and no channel, which an interruption would close.
        try (OutputStream out = new FileOutputStream(file.toFile())) {
            long before = write(folder.train(), corrupt, out, written);
            write(folder.valid(), corrupt, out, bytes -> written.accept(before + bytes));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private long write(List<Photo> photos, CorruptImages corrupt, OutputStream out, LongConsumer written)
            throws IOException {
        PhotoList list = new PhotoList(folder.classNames(), photos, corrupt);
        int atOnce = Math.max(1, BYTES_AT_ONCE / Pixels.bytes(side));
        long bytes = 0;
        for (int from = 0; from < list.size(); from += atOnce) {
            written.accept(bytes);
            List<byte[]> decoded = IntStream.range(from, Math.min(list.size(), from + atOnce))
                    .parallel()
                    .mapToObj(i -> list.use(i, this::planes))
                    .toList();
            for (byte[] planes : decoded) {
                out.write(planes);
                bytes += planes.length;
            }
        }
        written.accept(bytes);
        return bytes;
    }

    private byte[] planes(Path file) throws IOException {
        try (PhotoReader photo = PhotoReader.open(file)) {
            int shorter = Math.min(photo.height(), photo.width());
            Box box = RandomResizedCrop.centred(photo.height(), photo.width(), shorter, shorter);
            return photo.read(box).squared(box, side);
        }
    }

    /**
     * The images in a file that has been written, normalised as the authors do CIFAR-10 until somebody says otherwise.
     *
     * @throws IOException if it cannot be read or is not whole
     */
    public PixelSet open(Path file) throws IOException {
        Pixels pixels =
                new PixelFile(file, side, folder.train().size() + folder.valid().size());
        return new PixelSet(
                images(pixels, 0, folder.train()),
                images(pixels, folder.train().size(), folder.valid()),
                folder.classNames(),
                "%s at %d pixels".formatted(folder.digest(), side),
                Normalisation.CIFAR10);
    }

    private PixelImages images(Pixels pixels, int first, List<Photo> photos) {
        return new PixelImages(
                pixels,
                first,
                photos.stream().mapToInt(Photo::label).toArray(),
                folder.classNames().size());
    }
}
