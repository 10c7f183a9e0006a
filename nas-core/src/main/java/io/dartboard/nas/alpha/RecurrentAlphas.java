package io.dartboard.nas.alpha;

import io.dartboard.nas.searchspace.RecurrentSpace;
import java.util.random.RandomGenerator;

/**
 * The architecture parameters of a search for a recurrent cell.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 2.2.
 *
 * @param cell shape (edges, candidates)
 */
public record RecurrentAlphas(AlphaMatrix cell) {

    /** Fresh parameters, independent N(0, 1) times {@link Alphas#INITIAL_SCALE}, row by row. */
    public static RecurrentAlphas initial(RecurrentSpace space, RandomGenerator random) {
        float[] values = new float[space.edgeCount() * space.candidateCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Alphas.INITIAL_SCALE * (float) random.nextGaussian();
        }
        return of(space, values);
    }

    /**
     * Given parameters of a space.
     *
     * @param flat row-major, shape (edges, candidates)
     * @throws IllegalArgumentException if the count is not the space's, or a value is not finite
     */
    public static RecurrentAlphas of(RecurrentSpace space, float[] flat) {
        return new RecurrentAlphas(AlphaMatrix.of(space.edgeCount(), space.candidateCount(), flat));
    }

    /** All values, row-major, shape (edges, candidates), bit by bit. */
    public float[] toArray() {
        return cell.toArray();
    }

    /**
     * Checks that these parameters belong to a space.
     *
     * @throws IllegalArgumentException if their shape is not the space's
     */
    public RecurrentAlphas requireShapeOf(RecurrentSpace space) {
        if (cell.edges() != space.edgeCount() || cell.candidates() != space.candidateCount()) {
            throw new IllegalArgumentException("space '%s' has alphas of shape (%d, %d) (was (%d, %d))"
                    .formatted(space.id(), space.edgeCount(), space.candidateCount(), cell.edges(), cell.candidates()));
        }
        return this;
    }
}
