package io.dartboard.nas.image.data.made;

import java.util.random.RandomGenerator;

/** A square RGB picture that is painted on in floating point and read as bytes. Coordinates are pixels, y downwards. */
final class Canvas {

    /** Each pixel is sampled this many times along each axis. */
    private static final int SAMPLES = 3;

    private final int side;
    private final float[] planes; // (3, side, side)

    Canvas(int side) {
        this.side = side;
        this.planes = new float[3 * side * side];
    }

    int side() {
        return side;
    }

    /** What covers a point, from 0 (nothing) to 1. */
    @FunctionalInterface
    interface Cover {
        double at(double x, double y);
    }

    /** Paints a colour wherever the cover is, smoothed over each pixel. */
    void paint(Colour colour, double opacity, Cover cover) {
        paint(colour, colour, 0, opacity, cover);
    }

    /** Paints a colour that turns into a second one across the picture along a direction. */
    void paint(Colour from, Colour to, double angle, double opacity, Cover cover) {
        double dx = StrictMath.cos(angle) / side;
        double dy = StrictMath.sin(angle) / side;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double covered = opacity * sample(cover, x, y);
                if (covered > 0) {
                    double along = Math.max(0, Math.min(1, 0.5 + (x - side / 2.0) * dx + (y - side / 2.0) * dy));
                    for (int c = 0; c < 3; c++) {
                        int at = (c * side + y) * side + x;
                        double paint = from.channel(c) + (to.channel(c) - from.channel(c)) * along;
                        planes[at] += (float) (covered * (paint - planes[at]));
                    }
                }
            }
        }
    }

    private static double sample(Cover cover, int x, int y) {
        double sum = 0;
        for (int j = 0; j < SAMPLES; j++) {
            for (int i = 0; i < SAMPLES; i++) {
                sum += cover.at(x + (i + 0.5) / SAMPLES, y + (j + 0.5) / SAMPLES);
            }
        }
        return sum / (SAMPLES * SAMPLES);
    }

    /** Adds light that differs from place to place: a grid of random values, interpolated. */
    void shade(RandomGenerator random, int cells, double strength) {
        double[] grid = new double[(cells + 1) * (cells + 1)];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = strength * (2 * random.nextDouble() - 1);
        }
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double gy = (double) y * cells / side;
                double gx = (double) x * cells / side;
                int row = (int) gy;
                int col = (int) gx;
                double fy = gy - row;
                double fx = gx - col;
                int at = row * (cells + 1) + col;
                double upper = grid[at] * (1 - fx) + grid[at + 1] * fx;
                double lower = grid[at + cells + 1] * (1 - fx) + grid[at + cells + 2] * fx;
                add(x, y, upper * (1 - fy) + lower * fy);
            }
        }
    }

    private void add(int x, int y, double light) {
        for (int c = 0; c < 3; c++) {
            planes[(c * side + y) * side + x] += (float) light;
        }
    }

    /** Adds independent noise to every value, uniform in {@code ± strength}. */
    void noise(RandomGenerator random, double strength) {
        for (int i = 0; i < planes.length; i++) {
            planes[i] += (float) (strength * (2 * random.nextDouble() - 1));
        }
    }

    /** The picture as 8-bit planes, (3, side, side). */
    byte[] bytes() {
        byte[] bytes = new byte[planes.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.max(0, Math.min(255, (int) (planes[i] * 255f + 0.5f)));
        }
        return bytes;
    }
}
