package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * One candidate of an edge alone is drawn, the strongest of a {@link GumbelSoftmax}; its weight is 1, and the gradient that it
 * gets flows to the parameters as if it were the soft weight. What others would have got is left out.
 *
 * <p>Source: Dong and Yang, <i>Searching for a Robust Neural Architecture in Four GPU Hours</i> (GDAS, arXiv 1910.04465),
 * equations 5 to 8 and their acceleration.
 *
 * @param soft whose strongest candidate is drawn; the authors' temperature falls from 10 to 0.1
 */
public record HardGumbel(GumbelSoftmax soft) implements DeviceRelaxation {
    /** As the authors have it. */
    public static final HardGumbel GDAS = new HardGumbel(new GumbelSoftmax(10, 0.1));

    @Override
    public String id() {
        return soft.id();
    }

    @Override
    public double[] weights(float[] alphas) {
        return soft.weights(alphas);
    }

    @Override
    public NDArray weights(NDArray alphas) {
        return soft.weights(alphas);
    }

    @Override
    public Drawn drawn(Draw draw, double progress) {
        Drawn softly = soft.drawn(draw, progress);
        return alphas -> {
            NDArray weights = softly.weights(alphas);
            NDArray fixed = Autograd.constant(alphas.getManager(), weights);
            NDArray strongest = strongest(fixed);
            return weights.sub(fixed).mul(strongest).add(strongest);
        };
    }

    /** 1 for the largest of each row, else 0: (edges, candidates). */
    static NDArray strongest(NDArray values) {
        return values.eq(values.max(new int[] {1}, true)).toType(values.getDataType(), false);
    }

    /** The soft draw: a drawn candidate's weight has no slope. */
    @Override
    public Optional<DeviceRelaxation> exact() {
        return Optional.of(soft);
    }

    @Override
    public boolean competes() {
        return true;
    }

    @Override
    public boolean draws() {
        return true;
    }
}
