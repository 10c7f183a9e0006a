package io.dartboard.nas.data.made;

import java.util.random.RandomGenerator;

/** Draws that rest on {@link RandomGenerator#nextLong()} alone, so that no JDK draws another picture. */
final class Chance {

    private Chance() {}

    static RandomGenerator stream(long seed, String purpose, int index) {
        return new java.util.SplittableRandom(seed * 31 + purpose.hashCode() * 0x9E3779B97F4A7C15L + index * 0xD1B54A32D192ED03L);
    }

    static double unit(RandomGenerator random) {
        return (random.nextLong() >>> 11) * 0x1p-53;
    }

    static double between(RandomGenerator random, double low, double high) {
        return low + (high - low) * unit(random);
    }

    static int below(RandomGenerator random, int bound) {
        return (int) (((random.nextLong() >>> 32) * bound) >>> 32);
    }

    static double angle(RandomGenerator random) {
        return between(random, 0, 2 * StrictMath.PI);
    }
}
