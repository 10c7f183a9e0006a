package io.dartboard.nas.alpha;

import java.util.Arrays;

/**
 * The architecture parameters of one cell, row-major, shape (edges, candidates). Immutable; equal when every value has
 * the same bits, which is what a resumed search has to show.
 */
public final class AlphaMatrix {
    private final int edges;
    private final int candidates;
    private final float[] values; // (edges, candidates)

    private AlphaMatrix(int edges, int candidates, float[] values) {
        this.edges = edges;
        this.candidates = candidates;
        this.values = values;
    }

    /**
     * A matrix of given values.
     *
     * @param values row-major, shape (edges, candidates); copied
     * @throws IllegalArgumentException if the count does not match the shape, or a value is not finite
     */
    public static AlphaMatrix of(int edges, int candidates, float[] values) {
        if (edges < 1 || candidates < 1 || values.length != edges * candidates) {
            throw new IllegalArgumentException("alphas of %d edges and %d candidates need %d values (were %d)"
                    .formatted(edges, candidates, edges * candidates, values.length));
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("alpha of edge %d, candidate %d is not finite (was %s)"
                        .formatted(i / candidates, i % candidates, values[i]));
            }
        }
        return new AlphaMatrix(edges, candidates, values.clone());
    }

    /** Number of rows. */
    public int edges() {
        return edges;
    }

    /** Number of columns. */
    public int candidates() {
        return candidates;
    }

    /** The parameter of a candidate on an edge. */
    public float at(int edge, int candidate) {
        return row(edge)[candidate];
    }

    /** A copy of an edge's parameters, shape (candidates). */
    public float[] row(int edge) {
        if (edge < 0 || edge >= edges) {
            throw new IndexOutOfBoundsException("no edge %d among %d".formatted(edge, edges));
        }
        return Arrays.copyOfRange(values, edge * candidates, (edge + 1) * candidates);
    }

    /** A copy of all values, row-major, shape (edges, candidates). */
    public float[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AlphaMatrix that
                && edges == that.edges
                && candidates == that.candidates
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * edges + candidates) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "AlphaMatrix(%d, %d)%s".formatted(edges, candidates, Arrays.toString(values));
    }
}
