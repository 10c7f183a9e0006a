package io.dartboard.nas.provenance;

import java.util.random.RandomGenerator;

/**
 * One sequence of random numbers, the same on every platform and every Java release. The generator is xoshiro256++
 * (Blackman and Vigna, <i>Scrambled Linear Pseudorandom Number Generators</i>, 2018). Java specifies that algorithm but
 * not those behind {@code nextGaussian} or bounded numbers, so every method that draws is defined here, and logarithms
 * and roots are the reproducible ones of {@link StrictMath}.
 *
 * <p>Not safe for use by several threads; give each its own stream.
 */
public final class RandomStream implements RandomGenerator {
    private static final double DOUBLE_UNIT = 0x1.0p-53;
    private static final float FLOAT_UNIT = 0x1.0p-24f;

    private long s0;
    private long s1;
    private long s2;
    private long s3;

    RandomStream(long s0, long s1, long s2, long s3) {
        if ((s0 | s1 | s2 | s3) == 0) {
            throw new IllegalArgumentException("the state of xoshiro256++ must not be all zero");
        }
        this.s0 = s0;
        this.s1 = s1;
        this.s2 = s2;
        this.s3 = s3;
    }

    @Override
    public long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /** The upper 32 bits of {@link #nextLong()}. */
    @Override
    public int nextInt() {
        return (int) (nextLong() >>> 32);
    }

    /** The highest bit of {@link #nextLong()}. */
    @Override
    public boolean nextBoolean() {
        return nextLong() < 0;
    }

    /** Uniform on the multiples of 2<sup>-53</sup> in [0, 1). */
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * DOUBLE_UNIT;
    }

    /** Uniform on the multiples of 2<sup>-24</sup> in [0, 1). */
    @Override
    public float nextFloat() {
        return (nextLong() >>> 40) * FLOAT_UNIT;
    }

    /**
     * Unbiased, in [0, bound): Lemire, <i>Fast Random Integer Generation in an Interval</i> (2019).
     *
     * @throws IllegalArgumentException if the bound is not positive
     */
    @Override
    public int nextInt(int bound) {
        require(bound > 0, "bound must be positive (was %s)", bound);
        long rejectBelow = (1L << 32) % bound;
        while (true) {
            long product = (nextLong() >>> 32) * bound;
            if ((product & 0xffffffffL) >= rejectBelow) {
                return (int) (product >>> 32);
            }
        }
    }

    @Override
    public int nextInt(int origin, int bound) {
        require(origin < bound, "origin must be below bound (was %s)", origin);
        return (int) nextLong(origin, bound);
    }

    /**
     * Unbiased, in [0, bound), by refusing the incomplete last multiple of the bound.
     *
     * @throws IllegalArgumentException if the bound is not positive
     */
    @Override
    public long nextLong(long bound) {
        require(bound > 0, "bound must be positive (was %s)", bound);
        while (true) {
            long bits = nextLong() >>> 1;
            long value = bits % bound;
            if (bits - value + (bound - 1) >= 0) {
                return value;
            }
        }
    }

    @Override
    public long nextLong(long origin, long bound) {
        require(origin < bound, "origin must be below bound (was %s)", origin);
        long width = bound - origin;
        if (width > 0) {
            return origin + nextLong(width);
        }
        // The interval is wider than a positive long can say, so at least every second draw is inside.
        long value = nextLong();
        while (value < origin || value >= bound) {
            value = nextLong();
        }
        return value;
    }

    @Override
    public double nextDouble(double bound) {
        return nextDouble(0, bound);
    }

    @Override
    public double nextDouble(double origin, double bound) {
        require(
                bound - origin > 0 && Double.isFinite(bound - origin),
                "the interval must be finite and not empty (its width was %s)",
                bound - origin);
        return Math.min(origin + nextDouble() * (bound - origin), Math.nextDown(bound));
    }

    @Override
    public float nextFloat(float bound) {
        return nextFloat(0, bound);
    }

    @Override
    public float nextFloat(float origin, float bound) {
        require(
                bound - origin > 0 && Float.isFinite(bound - origin),
                "the interval must be finite and not empty (its width was %s)",
                bound - origin);
        return Math.min(origin + nextFloat() * (bound - origin), Math.nextDown(bound));
    }

    /** Standard normal, by the polar method of Marsaglia; the second number of a pair is dropped, so nothing is held back. */
    @Override
    public double nextGaussian() {
        while (true) {
            double u = 2 * nextDouble() - 1;
            double v = 2 * nextDouble() - 1;
            double square = u * u + v * v;
            if (square > 0 && square < 1) {
                return u * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
    }

    @Override
    public double nextGaussian(double mean, double stddev) {
        require(stddev >= 0, "stddev must not be negative (was %s)", stddev);
        return mean + stddev * nextGaussian();
    }

    /** Exponential with mean 1, by inversion. */
    @Override
    public double nextExponential() {
        return -StrictMath.log(1 - nextDouble());
    }

    /** Fills with the bytes of {@link #nextLong()}, lowest first. */
    @Override
    public void nextBytes(byte[] bytes) {
        long bits = 0;
        for (int i = 0; i < bytes.length; i++) {
            bits = i % Long.BYTES == 0 ? nextLong() : bits >>> Byte.SIZE;
            bytes[i] = (byte) bits;
        }
    }

    /** The numbers 0 to {@code size - 1} in random order, by the shuffle of Fisher and Yates. */
    public int[] permutation(int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static void require(boolean condition, String message, Object value) {
        if (!condition) {
            throw new IllegalArgumentException(message.formatted(value));
        }
    }
}
