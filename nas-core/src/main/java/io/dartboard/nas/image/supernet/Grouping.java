package io.dartboard.nas.image.supernet;

/**
 * How many edges are convolved side by side. The more there are, the fewer operations; but on a CPU an array that has
 * outgrown the cache is fetched from memory again by every operation, and the gain is lost. So the width of a bundle is
 * bounded by the bytes of what it reads. Results do not depend on it but for rounding.
 *
 * @param bytes how large the input of a bundle may be; a bundle of one edge may be larger
 * @param pixels of a batch at full resolution
 */
public record Grouping(long bytes, long pixels) {
    /** Half a last-level cache of 32 MiB; {@code infra/run bench search} shows what it does. */
    private static final long CPU_BYTES = 16L << 20;

    private static final int BYTES_PER_VALUE = 4;

    /** All edges of a node side by side, as suits a device on which starting an operation is what costs. */
    public static Grouping unbounded() {
        return new Grouping(Long.MAX_VALUE, 1);
    }

    /** What suits a CPU. */
    public static Grouping cached(int batchSize, int height, int width) {
        return new Grouping(CPU_BYTES, (long) batchSize * height * width);
    }

    /** What suits a device. */
    public static Grouping on(boolean gpu, int batchSize, int height, int width) {
        return gpu ? unbounded() : cached(batchSize, height, width);
    }

    /**
     * The widest bundle.
     *
     * @param channels of an edge
     * @param halvings how often the resolution of what the edge reads has been halved
     */
    int widest(int channels, int halvings) {
        long each = (pixels >> (2 * halvings)) * channels * BYTES_PER_VALUE;
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / Math.max(1, each)));
    }
}
