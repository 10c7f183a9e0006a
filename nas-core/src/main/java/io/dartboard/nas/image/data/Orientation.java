package io.dartboard.nas.image.data;

import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.imaging.jpeg.JpegSegmentData;
import com.drew.imaging.jpeg.JpegSegmentReader;
import com.drew.imaging.jpeg.JpegSegmentType;
import com.drew.imaging.png.PngChunk;
import com.drew.imaging.png.PngChunkReader;
import com.drew.imaging.png.PngChunkType;
import com.drew.imaging.png.PngProcessingException;
import com.drew.imaging.riff.RiffHandler;
import com.drew.imaging.riff.RiffProcessingException;
import com.drew.imaging.riff.RiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.RandomAccessReader;
import com.drew.lang.SequentialByteArrayReader;
import com.drew.metadata.exif.ExifDirectoryBase;
import io.dartboard.nas.data.FileSignature;
import io.dartboard.nas.image.data.RgbImage.Box;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.imageio.IIOException;

/**
 * How the stored rows and columns of a picture have to be turned to stand upright: the tag Orientation of Exif 2.32,
 * section 4.6.4. Cameras and telephones store what the sensor saw, and note which way up they were held.
 *
 * @param transposed stored rows become columns
 * @param rowsReversed the last stored row comes first
 * @param columnsReversed the last stored column comes first
 */
record Orientation(boolean transposed, boolean rowsReversed, boolean columnsReversed) {

    static final Orientation UPRIGHT = new Orientation(false, false, false);

    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
    private static final int SHORT = 3;
    private static final int ENTRY = 12;

    /** By the tag's value, 1 to 8; any other is taken for 1. */
    static Orientation of(int tag) {
        return switch (tag) {
            case 2 -> new Orientation(false, false, true);
            case 3 -> new Orientation(false, true, true);
            case 4 -> new Orientation(false, true, false);
            case 5 -> new Orientation(true, false, false);
            case 6 -> new Orientation(true, true, false);
            case 7 -> new Orientation(true, true, true);
            case 8 -> new Orientation(true, false, true);
            default -> UPRIGHT;
        };
    }

    /**
     * Of a picture's file; upright where it says nothing of it.
     *
     * @throws IOException if the file's outer structure is broken: a part is longer than what is left
     */
    static Orientation of(byte[] file) throws IOException {
        try {
            if (FileSignature.stands(file, 0, 0xff, 0xd8)) {
                return ofJpeg(file);
            }
            if (FileSignature.stands(file, 0, 0x89, 'P', 'N', 'G')) {
                return ofPng(file);
            }
            if (FileSignature.stands(file, 0, 'R', 'I', 'F', 'F')
                    && FileSignature.stands(file, 8, 'W', 'E', 'B', 'P')) {
                return ofWebp(file);
            }
            boolean tiff =
                    FileSignature.stands(file, 0, 'I', 'I', 42, 0) || FileSignature.stands(file, 0, 'M', 'M', 0, 42);
            return tiff ? ofTiff(file, 0) : UPRIGHT;
        } catch (EOFException e) {
            throw new IIOException("the file ends too early", e);
        } catch (JpegProcessingException | PngProcessingException | RiffProcessingException e) {
            throw new IIOException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Orientation ofJpeg(byte[] file) throws IOException, JpegProcessingException {
        JpegSegmentData segments =
                JpegSegmentReader.readSegments(new SequentialByteArrayReader(file), List.of(JpegSegmentType.APP1));
        for (byte[] segment : segments.getSegments(JpegSegmentType.APP1)) {
            if (startsWithExif(segment)) {
                return ofTiff(segment, EXIF.length);
            }
        }
        return UPRIGHT;
    }

    private static Orientation ofPng(byte[] file) throws IOException, PngProcessingException {
        for (PngChunk chunk :
                new PngChunkReader().extract(new SequentialByteArrayReader(file), Set.of(PngChunkType.eXIf))) {
            return ofTiff(chunk.getBytes(), 0);
        }
        return UPRIGHT;
    }

    private static Orientation ofWebp(byte[] file) throws IOException, RiffProcessingException {
        List<byte[]> found = new ArrayList<>();
        new RiffReader().processRiff(new SequentialByteArrayReader(file), new ExifChunks(found));
        for (byte[] chunk : found) {
            return ofTiff(chunk, startsWithExif(chunk) ? EXIF.length : 0);
        }
        return UPRIGHT;
    }

    /** What is wrong within the notes of a camera is no fault of the picture. */
    private static Orientation ofTiff(byte[] content, int from) {
        RandomAccessReader reader = new ByteArrayReader(content, from);
        try {
            reader.setMotorolaByteOrder(reader.getInt8(0) == 'M');
            int directory = reader.getInt32(4);
            int entries = reader.getUInt16(directory);
            for (int i = 0; i < entries; i++) {
                int entry = directory + 2 + i * ENTRY;
                if (reader.getUInt16(entry) == ExifDirectoryBase.TAG_ORIENTATION
                        && reader.getUInt16(entry + 2) == SHORT) {
                    return of(reader.getUInt16(entry + 8));
                }
            }
        } catch (IOException e) {
            return UPRIGHT;
        }
        return UPRIGHT;
    }

    private static boolean startsWithExif(byte[] segment) {
        return FileSignature.stands(segment, 0, 'E', 'x', 'i', 'f', 0, 0);
    }

    /**
     * Where a box of the upright picture lies in what is stored.
     *
     * @param height stored rows
     * @param width stored columns
     */
    Box stored(Box upright, int height, int width) {
        int rows = transposed ? upright.width() : upright.height();
        int columns = transposed ? upright.height() : upright.width();
        int top = transposed ? upright.left() : upright.top();
        int left = transposed ? upright.top() : upright.left();
        return new Box(
                rowsReversed ? height - top - rows : top,
                columnsReversed ? width - left - columns : left,
                rows,
                columns);
    }

    /**
     * Turns what is stored.
     *
     * @param planes (3, rows, columns)
     * @param area the box that they are, upright
     */
    RgbImage turned(byte[] planes, Box area) {
        if (equals(UPRIGHT)) {
            return new RgbImage(area, planes);
        }
        int height = area.height();
        int width = area.width();
        int rows = transposed ? width : height;
        int columns = transposed ? height : width;
        byte[] upright = new byte[planes.length];
        int to = 0;
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int row = transposed ? x : y;
                    int column = transposed ? y : x;
                    int from = (c * rows + (rowsReversed ? rows - 1 - row : row)) * columns
                            + (columnsReversed ? columns - 1 - column : column);
                    upright[to++] = planes[from];
                }
            }
        }
        return new RgbImage(area, upright);
    }

    /** Keeps the chunk EXIF of a RIFF file. */
    private record ExifChunks(List<byte[]> found) implements RiffHandler {
        @Override
        public boolean shouldAcceptRiffIdentifier(String identifier) {
            return identifier.equals("WEBP");
        }

        @Override
        public boolean shouldAcceptChunk(String fourCc) {
            return fourCc.equals("EXIF");
        }

        @Override
        public boolean shouldAcceptList(String fourCc) {
            return false;
        }

        @Override
        public void processChunk(String fourCc, byte[] payload) {
            found.add(payload);
        }

        @Override
        public void addError(String message) {
            // The decoder says what is wrong with the picture.
        }
    }
}
