package io.dartboard.nas.image.data.made;

import io.dartboard.nas.provenance.RandomStreams;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A made classification set of ten shapes, 32 × 32, in the CIFAR-10 binary layout. A shape is lighter than its ground, of
 * any colour otherwise; it lies anywhere, in many sizes, tilted, stretched, under uneven light, among clutter and noise:
 * neither colour nor place tells the class.
 */
public final class MadeShapes {

    private static final int SIDE = 32;
    private static final int RECORDS_PER_FILE = 10_000;
    private static final int CLUTTER = 2;
    private static final double TURN = 2 * StrictMath.PI;
    private static final double TILT = StrictMath.PI / 6;
    private static final double NOISE = 0.06;
    private static final double SHIFTED_NOISE = 0.6;

    private MadeShapes() {}

    /**
     * Writes the set. Image i has class {@code i % 10}.
     *
     * @param train the number of training images, at least 10
     * @param test the number of test images, at least 10
     * @throws IOException if a file cannot be written
     */
    public static void writeCifar(Path dir, int train, int test, long seed) throws IOException {
        writeCifar(dir, train, test, seed, NOISE);
    }

    /**
     * Writes the set as another camera would take it: under so much noise that a cell which did well no longer does. Otherwise
     * as {@link #writeCifar}.
     *
     * @throws IOException if a file cannot be written
     */
    public static void writeShiftedCifar(Path dir, int train, int test, long seed) throws IOException {
        writeCifar(dir, train, test, seed, SHIFTED_NOISE);
    }

    private static void writeCifar(Path dir, int train, int test, long seed, double noise) throws IOException {
        int classes = Shape.values().length;
        if (train < classes || test < classes) {
            throw new IllegalArgumentException("a made set needs at least one image per class, " + classes
                    + " for training and for testing (was " + train + " and " + test + ")");
        }
        Files.createDirectories(dir);
        for (int file = 0; file * RECORDS_PER_FILE < train; file++) {
            int from = file * RECORDS_PER_FILE;
            int to = Math.min(train, from + RECORDS_PER_FILE);
            write(dir.resolve("data_batch_" + (file + 1) + ".bin"), "made-shapes-train", from, to, seed, noise);
        }
        write(dir.resolve("test_batch.bin"), "made-shapes-test", 0, test, seed, noise);
        Files.writeString(dir.resolve("batches.meta.txt"), String.join("\n", names()) + "\n", StandardCharsets.UTF_8);
    }

    /** The class names in label order. */
    public static List<String> names() {
        return Arrays.stream(Shape.values())
                .map(shape -> shape.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static void write(Path file, String purpose, int from, int to, long seed, double noise) throws IOException {
        Shape[] shapes = Shape.values();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (int i = from; i < to; i++) {
                int label = i % shapes.length;
                out.write(label);
                out.write(draw(shapes[label], new RandomStreams(seed).stream(purpose, 0, i), noise));
            }
        }
    }

    private static byte[] draw(Shape shape, RandomGenerator random, double noise) {
        Canvas canvas = new Canvas(SIDE);
        Colour ground = Colour.dark(random);
        canvas.paint(ground, ground.near(random, 0.35), random.nextDouble(0, TURN), 1, (x, y) -> 1);
        for (int i = random.nextInt(CLUTTER + 1); i > 0; i--) {
            clutter(canvas, ground, random);
        }
        Colour ink = Colour.light(random);
        canvas.paint(ink, ink.near(random, 0.25), random.nextDouble(0, TURN), 1, placed(shape, random));
        if (random.nextInt(2) == 0) {
            clutter(canvas, ground, random);
        }
        canvas.shade(random, 3, 0.12);
        canvas.noise(random, noise);
        return canvas.bytes();
    }

    /** The shape at a drawn place, size, angle and stretch. */
    private static Canvas.Cover placed(Shape shape, RandomGenerator random) {
        double radius = random.nextDouble(7.5, 13);
        double centreX = random.nextDouble(radius * 0.85, SIDE - radius * 0.85);
        double centreY = random.nextDouble(radius * 0.85, SIDE - radius * 0.85);
        double angle = random.nextDouble(-TILT, TILT);
        double stretch = random.nextDouble(0.85, 1.18);
        double cos = StrictMath.cos(angle) / radius;
        double sin = StrictMath.sin(angle) / radius;
        return (x, y) -> {
            double dx = x - centreX;
            double dy = y - centreY;
            return shape.covers((cos * dx + sin * dy) * stretch, (cos * dy - sin * dx) / stretch) ? 1 : 0;
        };
    }

    /** A thin stroke or a small blot in a colour of its own. */
    private static void clutter(Canvas canvas, Colour ground, RandomGenerator random) {
        Colour ink = ground.visibleOn(random);
        double centreX = random.nextDouble(0, SIDE);
        double centreY = random.nextDouble(0, SIDE);
        double angle = random.nextDouble(0, TURN);
        boolean stroke = random.nextInt(2) == 0;
        double along = stroke ? random.nextDouble(4, 10) : random.nextDouble(1, 2.2);
        double across = stroke ? random.nextDouble(0.5, 0.9) : along;
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        canvas.paint(ink, random.nextDouble(0.6, 1), (x, y) -> {
            double u = (cos * (x - centreX) + sin * (y - centreY)) / along;
            double v = (cos * (y - centreY) - sin * (x - centreX)) / across;
            return u * u + v * v < 1 ? 1 : 0;
        });
    }
}
