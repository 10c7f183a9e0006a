package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * One candidate of an edge alone is drawn, from the softmax of the parameters; the gradient that it gets flows to these by
 * Heun's method, which is exact where the loss is quadratic in the mixing weights, where {@link HardGumbel} is exact for a
 * linear one alone:
 *
 * <pre>
 *   p0 = softmax(alpha)        D ~ p0
 *   p1 = (D + softmax(alpha / temperature)) / 2
 *   gradient = 2 * J(p1)' dL/dD - 1/2 * J(p0)' dL/dD        J(p) = diag(p) - p p', the softmax's derivative where it is p
 * </pre>
 *
 * <p>Source: Liu et al., <i>Bridging Discrete and Backpropagation: Straight-Through and Beyond</i> (ReinMax, arXiv
 * 2304.08612), algorithm 2.
 *
 * @param reinMaxTemperature at least 1; the larger, the less varies the gradient; at 1 it is of second order
 */
public record ReinMax(double reinMaxTemperature) implements DeviceRelaxation {
    public ReinMax {
        if (!(reinMaxTemperature >= 1) || Double.isInfinite(reinMaxTemperature)) {
            throw new IllegalArgumentException("reinMaxTemperature must be at least 1, as its authors have it (was %s)"
                    .formatted(reinMaxTemperature));
        }
    }

    /** By the probabilities, which are a softmax. */
    @Override
    public String id() {
        return SOFTMAX.id();
    }

    /** The probabilities, which are the mean of what is drawn. */
    @Override
    public double[] weights(float[] alphas) {
        return SOFTMAX.weights(alphas);
    }

    @Override
    public NDArray weights(NDArray alphas) {
        return SOFTMAX.weights(alphas);
    }

    @Override
    public Drawn drawn(Draw draw, double progress) {
        return alphas -> {
            NDArray noisy = Autograd.constant(alphas.getManager(), alphas.add(Noise.gumbel(alphas, draw.stream())));
            return estimated(alphas, HardGumbel.strongest(noisy));
        };
    }

    /**
     * What was drawn, with the gradient that stands for its slope.
     *
     * @param alphas shape (edges, candidates)
     * @param one 1 for the candidate of each edge that was drawn, else 0; same shape
     */
    NDArray estimated(NDArray alphas, NDArray one) {
        NDArray fixed = Autograd.constant(alphas.getManager(), alphas);
        NDArray smoothed = Functional.softmax(Scalars.times(fixed, 1 / reinMaxTemperature));
        NDArray halfway = Scalars.times(one.add(smoothed), 0.5);
        // A softmax whose value is p1 and whose parameters move as the alphas do.
        NDArray second = Functional.softmax(alphas.sub(fixed).add(halfway.log()));
        NDArray slope = Scalars.times(second, 2).sub(Scalars.times(Functional.softmax(alphas), 0.5));
        return slope.sub(Autograd.constant(alphas.getManager(), slope)).add(one);
    }

    /** The probabilities: a draw has no slope. */
    @Override
    public Optional<DeviceRelaxation> exact() {
        return Optional.of(SOFTMAX);
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
