package io.dartboard.nas.data;

import java.util.random.RandomGenerator;

/**
 * Numbers drawn from {@link RandomGenerator#nextLong()} alone. The bounded draws of the JDK leave their algorithm to the
 * implementation, and an augmentation must not change with the JDK.
 */
final class Draws {

    private Draws() {}

    /** An integer in {@code [0, bound)}. */
    static int below(RandomGenerator random, int bound) {
        return (int) (((random.nextLong() >>> 32) * bound) >>> 32);
    }

    /** A number in {@code [0, 1)}. */
    static double unit(RandomGenerator random) {
        return (random.nextLong() >>> 11) * 0x1p-53;
    }

    /** A number in {@code [low, high)}. */
    static double between(RandomGenerator random, double low, double high) {
        return low + (high - low) * unit(random);
    }

    /** A fair coin. */
    static boolean coin(RandomGenerator random) {
        return random.nextLong() < 0;
    }

    /** The numbers 0 to {@code size - 1} in an order drawn by Fisher and Yates' shuffle. */
    static int[] permutation(RandomGenerator random, int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = below(random, i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
