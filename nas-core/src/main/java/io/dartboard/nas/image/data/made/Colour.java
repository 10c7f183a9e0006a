package io.dartboard.nas.image.data.made;

import java.util.random.RandomGenerator;

/** A colour with channels in [0, 1]. */
record Colour(double red, double green, double blue) {

    /** How far apart two colours must lie for one to be seen on the other. */
    private static final double VISIBLE = 0.45;

    static Colour any(RandomGenerator random) {
        return new Colour(random.nextDouble(), random.nextDouble(), random.nextDouble());
    }

    /** A colour whose channels lie below the middle on average. */
    static Colour dark(RandomGenerator random) {
        Colour colour = any(random);
        while (colour.lightness() > 0.4) {
            colour = any(random);
        }
        return colour;
    }

    /** A colour whose channels lie above the middle on average. */
    static Colour light(RandomGenerator random) {
        Colour colour = any(random);
        while (colour.lightness() < 0.6) {
            colour = any(random);
        }
        return colour;
    }

    private double lightness() {
        return (red + green + blue) / 3;
    }

    /** A colour that can be seen on this one. */
    Colour visibleOn(RandomGenerator random) {
        Colour other = any(random);
        while (distance(other) < VISIBLE) {
            other = any(random);
        }
        return other;
    }

    /** A colour near this one. */
    Colour near(RandomGenerator random, double reach) {
        return new Colour(
                red + reach * (2 * random.nextDouble() - 1),
                green + reach * (2 * random.nextDouble() - 1),
                blue + reach * (2 * random.nextDouble() - 1));
    }

    double channel(int c) {
        return switch (c) {
            case 0 -> red;
            case 1 -> green;
            default -> blue;
        };
    }

    private double distance(Colour other) {
        double dr = red - other.red;
        double dg = green - other.green;
        double db = blue - other.blue;
        return StrictMath.sqrt(dr * dr + dg * dg + db * db);
    }
}
