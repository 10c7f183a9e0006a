package io.dartboard.nas.image.data;

import io.dartboard.nas.image.data.RgbImage.Box;
import java.awt.Rectangle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A JPEG or PNG file on its way to pixels: first its size, then the box that is wanted. Lines below the box are not decoded;
 * what is decoded has the pixels of the whole image at full resolution. What the file is, its content says and not its
 * name. Used by one thread.
 */
final class PhotoReader implements AutoCloseable {

    /** More than any photograph has; a damaged header could otherwise ask for all memory there is. */
    private static final long MOST_PIXELS = 100_000_000;

    private final ImageInputStream stream;
    private final ImageReader reader;
    private final int width;
    private final int height;
    private @Nullable String truncation;

    private PhotoReader(ImageInputStream stream, ImageReader reader) throws IOException {
        this.stream = stream;
        this.reader = reader;
        try {
            reader.setInput(stream, true, true);
            reader.addIIOReadWarningListener((source, warning) -> noteTruncation(warning));
            this.width = reader.getWidth(0);
            this.height = reader.getHeight(0);
            if ((long) width * height > MOST_PIXELS) {
                throw new IIOException("%d x %d pixels are no photograph's".formatted(width, height));
            }
        } catch (IOException | RuntimeException e) {
            reader.dispose();
            throw fault(e);
        }
    }

    /**
     * Reads the file and finds its size.
     *
     * @throws IOException if the file cannot be read or is no image
     */
    static PhotoReader open(Path file) throws IOException {
        return of(Files.readAllBytes(file)); // at once, which no interruption breaks off
    }

    /** The same of a file's content. */
    static PhotoReader of(byte[] content) throws IOException {
        ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(content));
        Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
        if (!readers.hasNext()) {
            throw new IIOException(content.length == 0 ? "the file is empty" : "not an image in a known format");
        }
        return new PhotoReader(stream, readers.next());
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /**
     * Decodes the whole image.
     *
     * @throws IOException if it cannot be decoded or ends too early
     */
    RgbImage read() throws IOException {
        return read(new Box(0, 0, height, width));
    }

    /**
     * Decodes a box of the image.
     *
     * @throws IOException if it cannot be decoded or ends too early
     */
    RgbImage read(Box box) throws IOException {
        try {
            ImageReadParam wanted = reader.getDefaultReadParam();
            wanted.setSourceRegion(new Rectangle(box.left(), box.top(), box.width(), box.height()));
            RgbImage image = RgbImage.of(reader.read(0, wanted), box);
            if (truncation != null) {
                throw new IIOException(truncation);
            }
            return image;
        } catch (IOException | RuntimeException e) {
            throw fault(e);
        }
    }

    /** The decoder fills what is missing of a JPEG with grey and only warns. */
    private void noteTruncation(String warning) {
        if (warning.startsWith("Truncated")) {
            truncation = warning;
        }
    }

    /** Decoders answer some malformed files with unchecked exceptions; to a caller the file is corrupt all the same. */
    private static IOException fault(Exception e) {
        return e instanceof IOException checked ? checked : new IIOException("the decoder failed: " + e, e);
    }

    @Override
    public void close() throws IOException {
        reader.dispose();
        stream.close();
    }
}
