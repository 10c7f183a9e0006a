package io.dartboard.nas.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.image.data.RgbImage.Box;
import io.dartboard.nas.provenance.RandomStreams;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoReaderTest {

    private static final int SIDE = 48;
    private static final int PLANE = SIDE * SIDE;

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png"})
    void shouldReadABoxWithThePixelsOfTheWholeImage(String format) throws IOException {
        byte[] file = encoded(noise(83, 61), format);
        RgbImage whole = read(file);

        for (int i = 0; i < 40; i++) {
            Box box = RandomResizedCrop.draw(61, 83, new RandomStreams(1).stream("crop", 0, i));
            try (PhotoReader photo = PhotoReader.of(file)) {
                RgbImage part = photo.read(box);

                assertThat(part.area()).isEqualTo(box);
                assertThat(part.resized(box, 20, 24)).containsExactly(whole.resized(box, 20, 24));
            }
        }
    }

    @Test
    void shouldGiveTheValuesThatThePlatformGivesForAColourJpeg() throws IOException {
        byte[] file = encoded(noise(40, 30), "jpg");

        RgbImage image = read(file);

        BufferedImage plain = ImageIO.read(new java.io.ByteArrayInputStream(file));
        for (int i = 0; i < 40 * 30; i++) {
            int rgb = plain.getRGB(i % 40, i / 40);
            assertThat(rgbAt(image, i)).isEqualTo(rgb & 0xffffff);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // c, m, y, k in 1/255 of full ink -> red, green, blue
        "0, 0, 0, 0, 255, 255, 255",
        "0, 255, 255, 0, 255, 0, 0",
        "255, 0, 255, 0, 0, 255, 0",
        "255, 255, 0, 0, 0, 0, 255",
        "0, 0, 0, 255, 0, 0, 0",
        "0, 0, 0, 128, 127, 127, 127"
    })
    void shouldReadInksWithAndWithoutTheTransformOfAdobe(int c, int m, int y, int k, int red, int green, int blue)
            throws IOException {
        // Adobe stores inks inverted. YCCK takes 255 minus what is stored for red, green and blue, and turns it to
        // YCbCr.
        byte[] cmyk = inks(0, 255 - c, 255 - m, 255 - y, 255 - k);
        int[] turned = yCbCr(c, m, y);
        byte[] ycck = inks(2, turned[0], turned[1], turned[2], 255 - k);

        for (byte[] file : new byte[][] {cmyk, ycck}) {
            RgbImage image = read(file);
            int rgb = rgbAt(image, PLANE / 2);
            assertThat(new int[] {rgb >> 16, rgb >> 8 & 255, rgb & 255}).satisfies(is -> {
                // The inks of a printing press are no pure colours: right is which of them is strong.
                assertThat(is[0]).isBetween(red - 90, red + 90);
                assertThat(is[1]).isBetween(green - 90, green + 90);
                assertThat(is[2]).isBetween(blue - 90, blue + 90);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png"})
    void shouldKeepGreyValuesAsTheyAre(String format) throws IOException {
        BufferedImage grey = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        fill(grey.getRaster(), 100);

        assertThat(read(encoded(grey, format)).planes()).hasSize(3 * PLANE).containsOnly((byte) 100);
    }

    @Test
    void shouldRoundSixteenBitsToEight() throws IOException {
        BufferedImage grey = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_USHORT_GRAY);
        fill(grey.getRaster(), 100 * 257 + 100);
        assertThat(read(encoded(grey, "png")).planes()).hasSize(3 * PLANE).containsOnly((byte) 100);

        ColorModel colours = new ComponentColorModel(
                java.awt.color.ColorSpace.getInstance(java.awt.color.ColorSpace.CS_sRGB),
                false,
                false,
                ColorModel.OPAQUE,
                DataBuffer.TYPE_USHORT);
        WritableRaster raster = colours.createCompatibleWritableRaster(SIDE, SIDE);
        fill(raster, 1 * 257, 200 * 257 + 120, 65535);
        RgbImage image = read(encoded(new BufferedImage(colours, raster, false, null), "png"));
        assertThat(rgbAt(image, 7)).isEqualTo(0x01c8ff);
    }

    @Test
    void shouldReadAPaletteOfAFewColours() throws IOException {
        for (int bits : new int[] {1, 2, 4, 8}) {
            byte[] reds = new byte[1 << bits];
            byte[] greens = new byte[1 << bits];
            byte[] blues = new byte[1 << bits];
            reds[1] = (byte) 250;
            greens[1] = (byte) 20;
            blues[1] = (byte) 130;
            IndexColorModel palette = new IndexColorModel(bits, 1 << bits, reds, greens, blues);
            BufferedImage image =
                    new BufferedImage(palette, palette.createCompatibleWritableRaster(SIDE, SIDE), false, null);
            fill(image.getRaster(), 1);

            assertThat(rgbAt(read(encoded(image, "png")), PLANE - 1)).isEqualTo(0xfa1482);
        }
    }

    @Test
    void shouldIgnoreTransparency() throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_4BYTE_ABGR);
        fill(image.getRaster(), 10, 20, 30, 40);
        assertThat(rgbAt(read(encoded(image, "png")), 5)).isEqualTo(0x0a141e);

        ColorModel greyAndAlpha = new ComponentColorModel(
                java.awt.color.ColorSpace.getInstance(java.awt.color.ColorSpace.CS_GRAY),
                true,
                false,
                ColorModel.TRANSLUCENT,
                DataBuffer.TYPE_BYTE);
        WritableRaster raster = Raster.createWritableRaster(
                new PixelInterleavedSampleModel(DataBuffer.TYPE_BYTE, SIDE, SIDE, 2, 2 * SIDE, new int[] {0, 1}), null);
        fill(raster, 77, 3);
        RgbImage grey = read(encoded(new BufferedImage(greyAndAlpha, raster, false, null), "png"));
        assertThat(grey.planes()).containsOnly((byte) 77);
    }

    @Test
    void shouldGoByTheContentAndNotByTheName() throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
        fill(image.getRaster(), 1, 2, 3);
        Path file = Files.write(dir.resolve("a.JPEG"), encoded(image, "png"));

        try (PhotoReader photo = PhotoReader.open(file)) {
            assertThat(rgbAt(photo.read(), 0)).isEqualTo(0x010203);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png"})
    void shouldRefuseAFileThatEndsTooEarly(String format) throws IOException {
        byte[] file = encoded(noise(120, 90), format);

        for (double share : new double[] {0.02, 0.3, 0.6, 0.95}) {
            byte[] truncated = Arrays.copyOf(file, (int) (share * file.length));
            assertThatThrownBy(() -> read(truncated)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAFile() throws IOException {
        assertThatThrownBy(() -> read(new byte[0])).hasMessage("the file is empty");
        assertThatThrownBy(() -> read(new byte[] {1, 2, 3})).hasMessage("not an image in a known format");
        byte[] file = encoded(noise(20, 20), "png");
        ByteBuffer.wrap(file).putInt(16, 60_000).putInt(20, 60_000); // width and height in the header of a PNG
        assertThatThrownBy(() -> read(file)).hasMessage("60000 x 60000 pixels are no photograph's");
    }

    @Test
    void shouldAnswerEveryDamageWithAnImageOrACheckedException() throws IOException {
        for (String format : new String[] {"jpg", "png"}) {
            byte[] file = encoded(noise(24, 24), format);
            for (int i = 0; i < 600; i++) {
                var random = new RandomStreams(5).stream(format, 0, i);
                byte[] damaged = file.clone();
                for (int k = 0; k < 3; k++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                try {
                    read(damaged);
                } catch (IOException e) {
                    assertThat(CorruptImages.reason(e)).isNotBlank();
                }
            }
        }
    }

    private static RgbImage read(byte[] content) throws IOException {
        try (PhotoReader photo = PhotoReader.of(content)) {
            return photo.read();
        }
    }

    private static int rgbAt(RgbImage image, int i) {
        int plane = image.planes().length / 3;
        byte[] planes = image.planes();
        return (planes[i] & 255) << 16 | (planes[plane + i] & 255) << 8 | planes[2 * plane + i] & 255;
    }

    /** Smooth enough that a JPEG has something to keep, and different everywhere. */
    private static BufferedImage noise(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int red = 3 * x & 255;
                int green = x * y & 255;
                int blue = (x * x + 5 * y) / 3 & 255;
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return image;
    }

    private static void fill(WritableRaster raster, int... pixel) {
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int x = 0; x < raster.getWidth(); x++) {
                raster.setPixel(x, y, pixel);
            }
        }
    }

    private static byte[] encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    /** A JPEG of one colour in four components as they are, marked as Adobe marks it. */
    private static byte[] inks(int transform, int... components) {
        WritableRaster raster =
                Raster.createWritableRaster(new BandedSampleModel(DataBuffer.TYPE_BYTE, SIDE, SIDE, 4), null);
        fill(raster, components);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = platformWriter();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        byte[] jpeg = bytes.toByteArray();
        byte[] adobe = {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
        return ByteBuffer.allocate(jpeg.length + adobe.length)
                .put(jpeg, 0, 2)
                .put(adobe)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    /** The platform's own, which writes components as they are. */
    private static ImageWriter platformWriter() {
        var writers = ImageIO.getImageWritersByFormatName("jpeg");
        while (writers.hasNext()) {
            ImageWriter writer = writers.next();
            if (writer.getClass().getName().startsWith("com.sun.")) {
                return writer;
            }
        }
        throw new AssertionError("the platform has no JPEG writer");
    }

    private static int[] yCbCr(int r, int g, int b) {
        return new int[] {
            (int) Math.round(0.299 * r + 0.587 * g + 0.114 * b),
            (int) Math.min(255, Math.round(128 - 0.168736 * r - 0.331264 * g + 0.5 * b)),
            (int) Math.min(255, Math.round(128 + 0.5 * r - 0.418688 * g - 0.081312 * b))
        };
    }
}
