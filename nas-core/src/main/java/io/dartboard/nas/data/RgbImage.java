package io.dartboard.nas.data;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A decoded photograph: 8-bit planes of red, green and blue, (3, height, width) row-major.
 *
 * @param planes never written after construction
 */
record RgbImage(int width, int height, byte[] planes) {

    /** Decodes a JPEG or PNG file; grey images become three equal planes, an alpha channel is ignored. */
    static RgbImage decode(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                ImageInputStream stream = ImageIO.createImageInputStream(in)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new IIOException("not an image in a known format");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                return of(reader.read(0));
            } finally {
                reader.dispose();
            }
        } catch (RuntimeException e) {
            // Decoders answer some malformed files with unchecked exceptions; to a caller the file is corrupt all the
            // same.
            throw new IIOException("the decoder failed: " + e, e);
        }
    }

    private static RgbImage of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int plane = width * height;
        byte[] planes = new byte[3 * plane];
        if (image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
            // getRGB would take the grey values for linear light and brighten them.
            Raster raster = image.getRaster();
            int[] grey = raster.getSamples(0, 0, width, height, 0, (int[]) null);
            for (int i = 0; i < plane; i++) {
                byte value = (byte) grey[i];
                planes[i] = value;
                planes[plane + i] = value;
                planes[2 * plane + i] = value;
            }
            return new RgbImage(width, height, planes);
        }
        int[] argb = image.getRGB(0, 0, width, height, null, 0, width);
        for (int i = 0; i < plane; i++) {
            planes[i] = (byte) (argb[i] >> 16);
            planes[plane + i] = (byte) (argb[i] >> 8);
            planes[2 * plane + i] = (byte) argb[i];
        }
        return new RgbImage(width, height, planes);
    }

    /**
     * Cuts a box out and resizes it with a triangle filter whose support grows with the reduction, so that shrinking does
     * not alias.
     *
     * @return intensities in [0, 1], (3, toHeight, toWidth) row-major
     */
    float[] resized(Box box, int toHeight, int toWidth) {
        Taps across = Taps.of(box.left(), box.width(), width, toWidth);
        Taps down = Taps.of(box.top(), box.height(), height, toHeight);
        int firstRow = down.first();
        int rows = down.last() - firstRow;
        float[] result = new float[3 * toHeight * toWidth];
        float[] strip = new float[rows * toWidth];
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < rows; y++) {
                int from = (c * height + firstRow + y) * width;
                for (int x = 0; x < toWidth; x++) {
                    float[] weights = across.weights()[x];
                    int start = from + across.starts()[x];
                    float sum = 0;
                    for (int k = 0; k < weights.length; k++) {
                        sum += weights[k] * (planes[start + k] & 0xff);
                    }
                    strip[y * toWidth + x] = sum;
                }
            }
            for (int y = 0; y < toHeight; y++) {
                float[] weights = down.weights()[y];
                int start = down.starts()[y] - firstRow;
                int to = (c * toHeight + y) * toWidth;
                for (int k = 0; k < weights.length; k++) {
                    float weight = weights[k] / 255f;
                    int from = (start + k) * toWidth;
                    for (int x = 0; x < toWidth; x++) {
                        result[to + x] += weight * strip[from + x];
                    }
                }
            }
        }
        return result;
    }

    /** A box in pixels. */
    record Box(int top, int left, int height, int width) {}

    /** For each output position, which source positions count and how much; weights of a position sum to 1. */
    private record Taps(int[] starts, float[][] weights) {

        static Taps of(int offset, int length, int limit, int to) {
            double scale = (double) length / to;
            double support = Math.max(1.0, scale);
            int[] starts = new int[to];
            float[][] weights = new float[to][];
            int low = Math.max(0, offset);
            int high = Math.min(limit, offset + length);
            for (int i = 0; i < to; i++) {
                double centre = offset + (i + 0.5) * scale;
                int from = Math.min(high - 1, Math.max(low, (int) Math.floor(centre - support + 0.5)));
                int until = Math.max(from + 1, Math.min(high, (int) Math.floor(centre + support + 0.5)));
                double[] raw = new double[until - from];
                double sum = 0;
                for (int k = 0; k < raw.length; k++) {
                    raw[k] = Math.max(0, 1 - Math.abs((from + k + 0.5 - centre) / support));
                    sum += raw[k];
                }
                weights[i] = new float[raw.length];
                for (int k = 0; k < raw.length; k++) {
                    weights[i][k] = (float) (sum > 0 ? raw[k] / sum : 1.0 / raw.length);
                }
                starts[i] = from;
            }
            return new Taps(starts, weights);
        }

        int first() {
            return starts[0];
        }

        int last() {
            return starts[starts.length - 1] + weights[weights.length - 1].length;
        }
    }
}
