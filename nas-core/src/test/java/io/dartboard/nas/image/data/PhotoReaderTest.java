package io.dartboard.nas.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.image.data.DecodingMemory.Taken;
import io.dartboard.nas.image.data.RgbImage.Box;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "bmp", "gif", "tif", "webp"})
    void shouldReadEveryFormatAndAnyBoxOfIt(String format) throws IOException {
        byte[] file = Pictures.of(format, 8, 4);
        try (PhotoReader photo = PhotoReader.of(file)) {
            assertThat(List.of(photo.width(), photo.height())).containsExactly(8, 4);
            RgbImage whole = photo.read();
            assertNear(pixel(whole, 0, 0), Pictures.LEFT.getRed(), Pictures.LEFT.getBlue());
            assertNear(pixel(whole, 3, 7), Pictures.RIGHT.getRed(), Pictures.RIGHT.getBlue());
        }
        try (PhotoReader photo = PhotoReader.of(file)) {
            RgbImage box = photo.read(new Box(1, 5, 2, 3));
            assertThat(box.planes()).hasSize(3 * 2 * 3);
            assertNear(pixel(box, 0, 0), Pictures.RIGHT.getRed(), Pictures.RIGHT.getBlue());
        }
    }

    @Test
    void shouldReadALosslessWebpToThePixel() throws IOException {
        try (PhotoReader photo = PhotoReader.of(Pictures.losslessWebp())) {
            assertThat(pixel(photo.read(), 2, 4)).containsExactly(20, 60, 220);
        }
    }

    /** Where the pixel at the upper left of what is stored stands in the upright picture: Exif 2.32, section 4.6.4. */
    @ParameterizedTest
    @CsvSource({
        "1, top left, 16, 8", "2, top right, 16, 8", "3, bottom right, 16, 8", "4, bottom left, 16, 8",
        "5, left top, 8, 16", "6, right top, 8, 16", "7, right bottom, 8, 16", "8, left bottom, 8, 16"
    })
    void shouldTurnAPictureUpright(int orientation, String firstRowThenColumn, int width, int height)
            throws IOException {
        byte[] marked = marked();
        for (boolean bigEndian : new boolean[] {true, false}) {
            byte[] file = Pictures.turned(marked, orientation, bigEndian);
            RgbImage upright;
            try (PhotoReader photo = PhotoReader.of(file)) {
                assertThat(List.of(photo.width(), photo.height())).containsExactly(width, height);
                upright = photo.read();
            }
            boolean bottom = firstRowThenColumn.contains("bottom");
            boolean right = firstRowThenColumn.contains("right");
            int y = bottom ? height - 2 : 1;
            int x = right ? width - 2 : 1;
            assertThat(pixel(upright, y, x)[0]).as("the marked corner").isGreaterThan(200);
            assertThat(pixel(upright, height - 1 - y, width - 1 - x)[0])
                    .as("the opposite corner")
                    .isLessThan(60);
            for (Box box : List.of(new Box(0, 0, 3, 5), new Box(height - 4, width - 3, 4, 3), new Box(2, 1, 4, 6))) {
                try (PhotoReader photo = PhotoReader.of(file)) {
                    RgbImage part = photo.read(box);
                    for (int by = 0; by < box.height(); by++) {
                        for (int bx = 0; bx < box.width(); bx++) {
                            assertThat(pixel(part, by, bx))
                                    .containsExactly(pixel(upright, box.top() + by, box.left() + bx));
                        }
                    }
                }
            }
        }
    }

    /** 16 by 8, black, with a white corner at the upper left. */
    private static byte[] marked() throws IOException {
        BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 16; i++) {
            image.setRGB(i % 4, i / 4, 0xffffff);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", bytes);
        return bytes.toByteArray();
    }

    @Test
    void shouldTakeNonsenseInACamerasNotesForUpright() throws IOException {
        byte[] file = Pictures.turned(marked(), 6, true);
        int tiff = 2 + 4 + 6;
        for (int at = tiff; at < tiff + 22; at++) {
            byte[] broken = file.clone();
            broken[at] = (byte) 0xff;
            try (PhotoReader photo = PhotoReader.of(broken)) {
                assertThat(photo.read().planes()).hasSize(3 * 16 * 8);
            }
        }
    }

    @Test
    void shouldRefuseByNameWhatNeedsMoreMemoryThanThereIs() throws IOException {
        int side = (int) Math.sqrt(Runtime.getRuntime().maxMemory() / 4.0 / 6) + 1_000;
        byte[] png = Pictures.of("png", 8, 8);
        size(png, side, side);
        try (PhotoReader photo = PhotoReader.of(png)) {
            assertThatThrownBy(photo::read)
                    .isInstanceOf(IIOException.class)
                    .hasMessageMatching("a picture of %d x %d pixels needs \\d+ MiB of memory, more than the \\d+ MiB.*"
                            .formatted(side, side));
        }
        assertThat(DecodingMemory.PIXELS.isFree()).isTrue();
    }

    /** Writes another size into a PNG's header. */
    private static void size(byte[] png, int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream header = new DataOutputStream(bytes);
        header.write(Arrays.copyOfRange(png, 12, 16));
        header.writeInt(width);
        header.writeInt(height);
        header.write(Arrays.copyOfRange(png, 24, 29));
        CRC32 checksum = new CRC32();
        checksum.update(bytes.toByteArray());
        header.writeInt((int) checksum.getValue());
        System.arraycopy(bytes.toByteArray(), 0, png, 12, bytes.size());
    }

    @Test
    void shouldRefuseAPartThatIsLongerThanTheFile() throws IOException {
        byte[] png = Pictures.of("png", 8, 8);
        png[33] = 0x7f; // the first byte of the second chunk's length
        assertThatThrownBy(() -> PhotoReader.of(png)).isInstanceOf(IOException.class);
    }

    @Test
    void shouldShareItsMemoryAmongAllWhoDecode() throws Exception {
        DecodingMemory memory = new DecodingMemory(10 * 1024);
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(20);
        List<Thread> threads = IntStream.range(0, 20)
                .mapToObj(i -> new Thread(() -> {
                    try (Taken held = memory.take(4 * 1024, "a picture")) {
                        most.accumulateAndGet(taken.addAndGet(4), Math::max);
                        Thread.sleep(2);
                        taken.addAndGet(-4);
                        done.countDown();
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most).hasValue(8);
        assertThat(memory.isFree()).isTrue();
        assertThatThrownBy(() -> memory.take(11 * 1024, "a picture"))
                .hasMessage("a picture needs 0 MiB of memory, more than the 0 MiB that this process has for it");
    }

    private static int[] pixel(RgbImage image, int y, int x) {
        int plane = image.area().height() * image.area().width();
        int at = y * image.area().width() + x;
        return new int[] {
            image.planes()[at] & 0xff, image.planes()[plane + at] & 0xff, image.planes()[2 * plane + at] & 0xff
        };
    }

    private static void assertNear(int[] pixel, int red, int blue) {
        assertThat(Math.abs(pixel[0] - red)).isLessThan(40);
        assertThat(Math.abs(pixel[2] - blue)).isLessThan(40);
    }
}
