package io.dartboard.nas.alpha;

import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.CnnSpace;
import java.util.random.RandomGenerator;

/**
 * The architecture parameters of a search: one matrix for all normal cells and one for all reductions.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 2.2.
 *
 * @param normal shape (edges, candidates)
 * @param reduce shape (edges, candidates)
 */
public record Alphas(AlphaMatrix normal, AlphaMatrix reduce) {
    /** Standard deviation of the initial values: near uniform mixing, yet no two candidates tie. */
    public static final float INITIAL_SCALE = 1e-3f;

    public Alphas {
        if (normal.edges() != reduce.edges() || normal.candidates() != reduce.candidates()) {
            throw new IllegalArgumentException(
                    "both cells must have alphas of one shape (normal was (%d, %d), reduce was (%d, %d))"
                            .formatted(normal.edges(), normal.candidates(), reduce.edges(), reduce.candidates()));
        }
    }

    /** Fresh parameters, independent N(0, 1) times {@link #INITIAL_SCALE}: the normal matrix is drawn first, row by row. */
    public static Alphas initial(CnnSpace space, RandomGenerator random) {
        return new Alphas(draw(space, random), draw(space, random));
    }

    private static AlphaMatrix draw(CnnSpace space, RandomGenerator random) {
        float[] values = new float[space.edgeCount() * space.candidateCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = INITIAL_SCALE * (float) random.nextGaussian();
        }
        return AlphaMatrix.of(space.edgeCount(), space.candidateCount(), values);
    }

    /** The matrix of a kind of cell. */
    public AlphaMatrix of(CellKind kind) {
        return switch (kind) {
            case NORMAL -> normal;
            case REDUCE -> reduce;
        };
    }

    /**
     * Checks that these parameters belong to a space.
     *
     * @throws IllegalArgumentException if their shape is not the space's
     */
    public Alphas requireShapeOf(CnnSpace space) {
        if (normal.edges() != space.edgeCount() || normal.candidates() != space.candidateCount()) {
            throw new IllegalArgumentException("space '%s' has alphas of shape (%d, %d) (was (%d, %d))"
                    .formatted(
                            space.id(),
                            space.edgeCount(),
                            space.candidateCount(),
                            normal.edges(),
                            normal.candidates()));
        }
        return this;
    }
}
