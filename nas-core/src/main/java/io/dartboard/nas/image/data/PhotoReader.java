package io.dartboard.nas.image.data;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.dartboard.nas.image.data.DecodingMemory.Taken;
import io.dartboard.nas.image.data.RgbImage.Box;
import java.awt.Rectangle;
import java.awt.image.SampleModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A picture's file on its way to pixels: first its size, then the box that is wanted. Lines below the box are not decoded;
 * what is decoded has the pixels of the whole image at full resolution, upright as its Exif orientation has it. JPEG, PNG,
 * WebP, BMP, TIFF, and of GIF the first frame. What the file is, its content says and not its name. Used by one thread.
 */
final class PhotoReader implements AutoCloseable {

    /** The extensions under which pictures of the formats go, in lower case. */
    static final Set<String> EXTENSIONS =
            Set.of("jpg", "jpeg", "jpe", "jfif", "png", "webp", "bmp", "gif", "tif", "tiff");

    private static final Set<String> FORMATS = Set.of("jpeg", "png", "webp", "bmp", "gif", "tiff");
    private static final int PLANES = 3;
    private static final int PROGRESSIVE = 6; // a coefficient of two bytes for each sample, kept for the whole image

    static {
        findPlugins();
    }

    private final byte[] content;
    private final @Nullable Taken file;
    private final ImageInputStream stream;
    private final ImageReader reader;
    private final Orientation orientation;
    private final int storedWidth;
    private final int storedHeight;
    private @Nullable String truncation;

    private PhotoReader(byte[] content, @Nullable Taken file, ImageInputStream stream, ImageReader reader)
            throws IOException {
        this.content = content;
        this.file = file;
        this.stream = stream;
        this.reader = reader;
        try {
            this.orientation = Orientation.of(content);
            reader.setInput(stream, true, true);
            reader.addIIOReadWarningListener((source, warning) -> noteTruncation(warning));
            this.storedWidth = reader.getWidth(0);
            this.storedHeight = reader.getHeight(0);
        } catch (IOException | RuntimeException e) {
            reader.dispose();
            throw fault(e);
        }
    }

    /**
     * ImageIO looks for decoders once, with the class loader of whichever thread comes first; in a service that may be one
     * that knows none of ours.
     */
    private static void findPlugins() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(PhotoReader.class.getClassLoader());
        try {
            ImageIO.scanForPlugins();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Reads the file and finds its size.
     *
     * @throws IOException if the file cannot be read or is no image
     */
    static PhotoReader open(Path path) throws IOException {
        Taken file = DecodingMemory.FILES.take(Files.size(path), "the file");
        boolean opened = false;
        try {
            PhotoReader photo = of(Files.readAllBytes(path), file); // at once, which no interruption breaks off
            opened = true;
            return photo;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    /** The same of a file's content, for whose memory the caller answers. */
    static PhotoReader of(byte[] content) throws IOException {
        return of(content, null);
    }

    private static PhotoReader of(byte[] content, @Nullable Taken file) throws IOException {
        ImageInputStream stream = new ByteArrayImageInputStream(content);
        Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (FORMATS.contains(format(reader))) {
                return new PhotoReader(content, file, stream, reader);
            }
        }
        throw new IIOException(content.length == 0 ? "the file is empty" : "not an image in a known format");
    }

    /** What follows the last dot of a file's name, in lower case; empty where there is none. */
    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private static String format(ImageReader reader) {
        return Arrays.stream(reader.getOriginatingProvider().getFormatNames())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(FORMATS::contains)
                .findFirst()
                .orElse("");
    }

    int width() {
        return orientation.transposed() ? storedHeight : storedWidth;
    }

    int height() {
        return orientation.transposed() ? storedWidth : storedHeight;
    }

    /**
     * Decodes the whole image.
     *
     * @throws IOException if it cannot be decoded, ends too early or needs more memory than there is
     */
    RgbImage read() throws IOException {
        return read(new Box(0, 0, height(), width()));
    }

    /**
     * Decodes a box of the image.
     *
     * @throws IOException if it cannot be decoded, ends too early or needs more memory than there is
     */
    RgbImage read(Box box) throws IOException {
        try {
            Box stored = orientation.stored(box, storedHeight, storedWidth);
            String what = "a picture of %d x %d pixels".formatted(storedWidth, storedHeight);
            try (Taken pixels = DecodingMemory.PIXELS.take(needed(stored), what)) {
                ImageReadParam wanted = reader.getDefaultReadParam();
                wanted.setSourceRegion(new Rectangle(stored.left(), stored.top(), stored.width(), stored.height()));
                RgbImage image = RgbImage.of(reader.read(0, wanted), stored);
                if (truncation != null) {
                    throw new IIOException(truncation);
                }
                return orientation.turned(image.planes(), box);
            }
        } catch (IOException | RuntimeException e) {
            throw fault(e);
        }
    }

    /** Most bytes that decoding a box takes: the decoder's samples, our planes, and what is kept of the whole image. */
    private long needed(Box stored) throws IOException {
        long box = (long) stored.width() * stored.height();
        long whole = (long) storedWidth * storedHeight;
        SampleModel samples = samples();
        long sample =
                samples == null ? 4 : (long) samples.getNumBands() * Math.max(1, samples.getSampleSize(0) / Byte.SIZE);
        boolean plain = sample == PLANES; // others go through an array of numbers
        long turned = orientation.equals(Orientation.UPRIGHT) ? 0 : PLANES;
        long perPixel = sample + PLANES + turned + (plain ? 0 : Integer.BYTES);
        long beside =
                switch (format(reader)) {
                    case "jpeg" -> isProgressive() ? PROGRESSIVE * whole : 0;
                    case "png" -> 0;
                    case "tiff" -> 2 * sample * reader.getTileWidth(0) * reader.getTileHeight(0);
                    case "webp" -> 2 * Integer.BYTES * whole;
                    default -> Integer.BYTES * whole;
                };
        return box * perPixel + beside;
    }

    private @Nullable SampleModel samples() throws IOException {
        ImageTypeSpecifier raw = reader.getRawImageType(0);
        if (raw == null) {
            Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
            raw = types.hasNext() ? types.next() : null;
        }
        return raw == null ? null : raw.getSampleModel(1, 1);
    }

    /** A frame header SOF2 before the first scan; markers within segments are passed over by their lengths. */
    private boolean isProgressive() {
        int at = 2;
        while (at + 4 <= content.length && (content[at] & 0xff) == 0xff) {
            int marker = content[at + 1] & 0xff;
            if (marker == 0xff) {
                at++; // padding
            } else if (marker == 0xda || marker == 0xd9) {
                return false;
            } else if (marker == 0xc2 || marker == 0xca) {
                return true;
            } else {
                at += 2 + ((content[at + 2] & 0xff) << Byte.SIZE | content[at + 3] & 0xff);
            }
        }
        return false;
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
        try {
            stream.close();
        } finally {
            if (file != null) {
                file.close();
            }
        }
    }
}
