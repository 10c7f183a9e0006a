package io.dartboard.nas.alpha;

import io.dartboard.nas.searchspace.CnnSpace;
import java.util.Arrays;

/**
 * Alphas as one flat array, the form in which they cross a boundary: normal, then reduce, each row-major of shape
 * (edges, candidates). The values pass unchanged, bit by bit.
 */
public final class AlphaCodec {
    private AlphaCodec() {}

    /** Flattens; the result has {@code 2 * edges * candidates} values. */
    public static float[] encode(Alphas alphas) {
        float[] normal = alphas.normal().toArray();
        float[] reduce = alphas.reduce().toArray();
        float[] flat = Arrays.copyOf(normal, normal.length + reduce.length);
        System.arraycopy(reduce, 0, flat, normal.length, reduce.length);
        return flat;
    }

    /**
     * Restores what {@link #encode} wrote for a space.
     *
     * @throws IllegalArgumentException if the count is not the space's, or a value is not finite
     */
    public static Alphas decode(CnnSpace space, float[] flat) {
        int each = space.edgeCount() * space.candidateCount();
        if (flat.length != 2 * each) {
            throw new IllegalArgumentException("space '%s' has %d alphas in two cells of %d (were %d)"
                    .formatted(space.id(), 2 * each, each, flat.length));
        }
        return new Alphas(
                AlphaMatrix.of(space.edgeCount(), space.candidateCount(), Arrays.copyOfRange(flat, 0, each)),
                AlphaMatrix.of(space.edgeCount(), space.candidateCount(), Arrays.copyOfRange(flat, each, 2 * each)));
    }
}
