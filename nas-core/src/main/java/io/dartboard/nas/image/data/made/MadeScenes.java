package io.dartboard.nas.image.data.made;

import io.dartboard.nas.provenance.RandomStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A made image folder of ten patterns for transfer: other classes and larger pictures than {@link MadeShapes}, as
 * {@code train/<pattern>/00000.png} and {@code val/<pattern>/...}. A pattern is lighter than its ground;
 * scale, angle, bend, colours, light, clutter and noise vary freely.
 */
public final class MadeScenes {

    private static final int CLUTTER = 3;
    private static final double TURN = 2 * StrictMath.PI;

    private MadeScenes() {}

    /**
     * Writes the set.
     *
     * @param trainPerClass the number of training images of each of the ten classes, at least 1
     * @param valPerClass the number of validation images of each class, at least 1
     * @param size the side of each picture in pixels, at least 16
     * @throws IOException if a file cannot be written
     */
    public static void writeImageFolder(Path dir, int trainPerClass, int valPerClass, int size, long seed)
            throws IOException {
        if (trainPerClass < 1 || valPerClass < 1 || size < 16) {
            throw new IllegalArgumentException(
                    "made scenes need at least 1 image per class and part and at least 16 pixels" + " (was "
                            + trainPerClass + " train, " + valPerClass + " val, " + size + " pixels)");
        }
        write(dir.resolve("train"), "made-scenes-train", trainPerClass, size, seed);
        write(dir.resolve("val"), "made-scenes-val", valPerClass, size, seed);
    }

    /** The class names; an image folder labels them in the order of the alphabet. */
    public static List<String> names() {
        return Arrays.stream(Texture.values()).map(MadeScenes::name).sorted().toList();
    }

    private static String name(Texture texture) {
        return texture.name().toLowerCase(Locale.ROOT);
    }

    private static void write(Path part, String purpose, int perClass, int size, long seed) throws IOException {
        for (Texture texture : Texture.values()) {
            Path folder = Files.createDirectories(part.resolve(name(texture)));
            for (int i = 0; i < perClass; i++) {
                RandomGenerator random = new RandomStreams(seed).stream(purpose + "/" + name(texture), 0, i);
                byte[] png = PlainPng.encode(draw(texture, size, random), size);
                Files.write(folder.resolve(String.format(Locale.ROOT, "%05d.png", i)), png);
            }
        }
    }

    private static byte[] draw(Texture texture, int size, RandomGenerator random) {
        Canvas canvas = new Canvas(size);
        Colour ground = Colour.dark(random);
        Colour ink = Colour.light(random);
        canvas.paint(ground, ground.near(random, 0.35), random.nextDouble(0, TURN), 1, (x, y) -> 1);
        canvas.paint(ink, ink.near(random, 0.35), random.nextDouble(0, TURN), 1, placed(texture, size, random));
        for (int i = 1 + random.nextInt(CLUTTER); i > 0; i--) {
            blot(canvas, random);
        }
        canvas.shade(random, 4, 0.15);
        canvas.noise(random, 0.08);
        return canvas.bytes();
    }

    /** The pattern at a drawn place, period and angle, gently bent. */
    private static Canvas.Cover placed(Texture texture, int size, RandomGenerator random) {
        double period = size * random.nextDouble(0.1, 0.2);
        double centreX = random.nextDouble(0.2, 0.8) * size;
        double centreY = random.nextDouble(0.2, 0.8) * size;
        double angle = random.nextDouble(0, TURN);
        double cos = StrictMath.cos(angle) / period;
        double sin = StrictMath.sin(angle) / period;
        double bend = random.nextDouble(-0.25, 0.25);
        double phase = random.nextDouble(0, TURN);
        return (x, y) -> {
            double u = cos * (x - centreX) + sin * (y - centreY);
            double v = cos * (y - centreY) - sin * (x - centreX);
            double bent = u + bend * StrictMath.sin(v + phase);
            return texture.inked(bent, v) ? 1 : 0;
        };
    }

    /** A blot of any colour that hides a part of the pattern. */
    private static void blot(Canvas canvas, RandomGenerator random) {
        int size = canvas.side();
        Colour ink = Colour.any(random);
        double centreX = random.nextDouble(0, size);
        double centreY = random.nextDouble(0, size);
        double along = size * random.nextDouble(0.04, 0.16);
        double across = size * random.nextDouble(0.02, 0.12);
        double angle = random.nextDouble(0, TURN);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        canvas.paint(ink, 1, (x, y) -> {
            double u = (cos * (x - centreX) + sin * (y - centreY)) / along;
            double v = (cos * (y - centreY) - sin * (x - centreX)) / across;
            return u * u + v * v < 1 ? 1 : 0;
        });
    }
}
