package io.dartboard.nas.image.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/**
 * A decoded photograph, or the part of one that a box cuts out: 8-bit planes of red, green and blue, (3, height, width)
 * row-major.
 *
 * @param area where the pixels lie in the photograph
 * @param planes never written after construction
 */
record RgbImage(Box area, byte[] planes) {

    /** A box in pixels. */
    record Box(int top, int left, int height, int width) {

        int bottom() {
            return top + height;
        }

        int right() {
            return left + width;
        }
    }

    /** Grey images become three equal planes, an alpha channel is ignored, 16 bits are rounded to 8. */
    static RgbImage of(BufferedImage image, Box area) {
        ColorModel colours = image.getColorModel();
        byte[] planes = new byte[3 * area.height() * area.width()];
        if (isBytesInOrder(image)) {
            fromBytes(image.getRaster(), planes);
        } else if (colours instanceof IndexColorModel palette) {
            fromPalette(image.getRaster(), palette, planes);
        } else if (colours.getNumColorComponents() == 1) {
            // getRGB would take the grey values for linear light and brighten them.
            fromSamples(image.getRaster(), colours.getComponentSize(0), planes, 0, 0, 0);
        } else if (colours.getColorSpace().isCS_sRGB() && image.getRaster().getNumBands() >= 3) {
            fromSamples(image.getRaster(), colours.getComponentSize(0), planes, 0, 1, 2);
        } else {
            fromRgb(image, planes);
        }
        return new RgbImage(area, planes);
    }

    /** True for what nearly every JPEG decodes to: three or four bytes a pixel, in one array. */
    private static boolean isBytesInOrder(BufferedImage image) {
        return image.getRaster().getDataBuffer() instanceof DataBufferByte bytes
                && bytes.getNumBanks() == 1
                && image.getRaster().getSampleModel() instanceof PixelInterleavedSampleModel
                && image.getRaster().getNumBands() >= 3
                && image.getColorModel().getColorSpace().isCS_sRGB();
    }

    private static void fromBytes(Raster raster, byte[] planes) {
        PixelInterleavedSampleModel layout = (PixelInterleavedSampleModel) raster.getSampleModel();
        DataBufferByte buffer = (DataBufferByte) raster.getDataBuffer();
        byte[] bytes = buffer.getData();
        int[] bands = layout.getBandOffsets();
        int width = raster.getWidth();
        int height = raster.getHeight();
        int step = layout.getPixelStride();
        for (int y = 0; y < height; y++) {
            int row = buffer.getOffset()
                    + (y - raster.getSampleModelTranslateY()) * layout.getScanlineStride()
                    - raster.getSampleModelTranslateX() * step;
            for (int c = 0; c < 3; c++) {
                int from = row + bands[c];
                int to = (c * height + y) * width;
                for (int x = 0; x < width; x++) {
                    planes[to + x] = bytes[from + x * step];
                }
            }
        }
    }

    private static void fromPalette(Raster raster, IndexColorModel palette, byte[] planes) {
        int[] indices = raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 0, (int[]) null);
        for (int i = 0; i < indices.length; i++) {
            put(planes, indices.length, i, palette.getRGB(indices[i]));
        }
    }

    private static void fromSamples(Raster raster, int bits, byte[] planes, int... bands) {
        int plane = planes.length / 3;
        long most = (1L << bits) - 1;
        int[] samples = new int[plane];
        for (int c = 0; c < 3; c++) {
            raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), bands[c], samples);
            for (int i = 0; i < plane; i++) {
                planes[c * plane + i] = (byte) ((samples[i] * 255L + most / 2) / most);
            }
        }
    }

    private static void fromRgb(BufferedImage image, byte[] planes) {
        int[] argb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        for (int i = 0; i < argb.length; i++) {
            put(planes, argb.length, i, argb[i]);
        }
    }

    private static void put(byte[] planes, int plane, int i, int rgb) {
        planes[i] = (byte) (rgb >> 16);
        planes[plane + i] = (byte) (rgb >> 8);
        planes[2 * plane + i] = (byte) rgb;
    }

    /**
     * Cuts a box out and resizes it with a triangle filter whose support grows with the reduction, so that shrinking does
     * not alias.
     *
     * @param box a box of the photograph that lies within {@link #area}
     * @return intensities in [0, 1], (3, toHeight, toWidth) row-major
     */
    float[] resized(Box box, int toHeight, int toWidth) {
        Taps across = Taps.of(box.left(), box.width(), toWidth);
        Taps down = Taps.of(box.top(), box.height(), toHeight);
        float[] strips = across.narrow(this, down.first(), down.last()); // (3, rows, toWidth)
        int rows = down.last() - down.first();
        float[] result = new float[3 * toHeight * toWidth];
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < toHeight; y++) {
                int to = (c * toHeight + y) * toWidth;
                for (int k = 0; k < down.counts()[y]; k++) {
                    float weight = down.weight(y, k) / 255f;
                    int from = (c * rows + down.starts()[y] - down.first() + k) * toWidth;
                    addScaled(result, to, weight, strips, from, toWidth);
                }
            }
        }
        return result;
    }

    /** As {@link #resized}, to a square of 8-bit planes, (3, side, side). */
    byte[] squared(Box box, int side) {
        float[] intensities = resized(box, side, side);
        byte[] bytes = new byte[intensities.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, intensities[i])));
        }
        return bytes;
    }

    /** Apart, so that the compiler sees a loop that it can vectorise. */
    private static void addScaled(float[] to, int at, float weight, float[] from, int start, int count) {
        for (int x = 0; x < count; x++) {
            to[at + x] += weight * from[start + x];
        }
    }

    /**
     * For each output position, which source positions count and how much; weights of a position sum to 1.
     *
     * @param starts the first source position of each output position
     * @param counts how many source positions count
     * @param weights (output positions, most)
     * @param most the largest count
     */
    private record Taps(int[] starts, int[] counts, float[] weights, int most) {

        static Taps of(int offset, int length, int to) {
            double scale = (double) length / to;
            double support = Math.max(1.0, scale);
            int most = (int) Math.ceil(2 * support) + 1;
            int[] starts = new int[to];
            int[] counts = new int[to];
            float[] weights = new float[to * most];
            int high = offset + length;
            double[] raw = new double[most];
            for (int i = 0; i < to; i++) {
                double centre = offset + (i + 0.5) * scale;
                int from = Math.min(high - 1, Math.max(offset, (int) Math.floor(centre - support + 0.5)));
                int until = Math.max(from + 1, Math.min(high, (int) Math.floor(centre + support + 0.5)));
                int count = until - from;
                double sum = 0;
                for (int k = 0; k < count; k++) {
                    raw[k] = Math.max(0, 1 - Math.abs((from + k + 0.5 - centre) / support));
                    sum += raw[k];
                }
                for (int k = 0; k < count; k++) {
                    weights[i * most + k] = (float) (sum > 0 ? raw[k] / sum : 1.0 / count);
                }
                starts[i] = from;
                counts[i] = count;
            }
            return new Taps(starts, counts, weights, most);
        }

        int first() {
            return starts[0];
        }

        int last() {
            return starts[starts.length - 1] + counts[counts.length - 1];
        }

        float weight(int position, int k) {
            return weights[position * most + k];
        }

        /** The rows {@code [top, bottom)} of an image with these positions across: (3, bottom - top, positions). */
        float[] narrow(RgbImage image, int top, int bottom) {
            int width = image.area().width();
            int plane = image.area().height() * width;
            int rows = bottom - top;
            int to = starts.length;
            int origin = first();
            int used = last() - origin;
            float[] red = new float[used];
            float[] green = new float[used];
            float[] blue = new float[used];
            float[] strips = new float[3 * rows * to];
            for (int y = 0; y < rows; y++) {
                int from = (top - image.area().top() + y) * width
                        + origin
                        - image.area().left();
                widen(image.planes(), from, red);
                widen(image.planes(), plane + from, green);
                widen(image.planes(), 2 * plane + from, blue);
                for (int x = 0; x < to; x++) {
                    int start = starts[x] - origin;
                    int count = counts[x];
                    int weight = x * most;
                    float r = 0;
                    float g = 0;
                    float b = 0;
                    for (int k = 0; k < count; k++) {
                        float w = weights[weight + k];
                        r += w * red[start + k];
                        g += w * green[start + k];
                        b += w * blue[start + k];
                    }
                    strips[y * to + x] = r;
                    strips[(rows + y) * to + x] = g;
                    strips[(2 * rows + y) * to + x] = b;
                }
            }
            return strips;
        }

        private static void widen(byte[] plane, int from, float[] row) {
            for (int i = 0; i < row.length; i++) {
                row[i] = plane[from + i] & 0xff;
            }
        }
    }
}
