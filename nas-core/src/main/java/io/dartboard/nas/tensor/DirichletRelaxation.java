package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.alpha.DirichletMean;
import io.dartboard.nas.provenance.RandomStream;

/**
 * The weights of an edge are drawn from a Dirichlet distribution whose concentrations are {@code elu(alpha) + 1}. Each is the
 * share of a number of a gamma distribution, and each of these is found where its distribution function has a value that was
 * drawn evenly; so a draw is a smooth function of the parameters, whose slope is the pathwise gradient.
 *
 * <p>Source: Chen et al., <i>DrNAS: Dirichlet Neural Architecture Search</i> (arXiv 2006.10355), section 2.2.
 */
public record DirichletRelaxation() implements DeviceRelaxation {
    private static final DirichletMean MEAN = new DirichletMean();
    private static final double SMALLEST = 0x1.0p-54;

    /** By the mean, see {@link DirichletMean}. */
    @Override
    public String id() {
        return MEAN.id();
    }

    @Override
    public double[] weights(float[] alphas) {
        return MEAN.weights(alphas);
    }

    @Override
    public NDArray weights(NDArray alphas) {
        NDArray concentrations = concentrations(alphas);
        return concentrations.div(concentrations.sum(new int[] {1}, true));
    }

    /**
     * {@code elu(alpha) + 1}, in the parameters' shape.
     *
     * @param alphas of any shape
     */
    public static NDArray concentrations(NDArray alphas) {
        NDArray zeros = alphas.zerosLike();
        return NDArrays.maximum(alphas, zeros)
                .add(NDArrays.minimum(alphas, zeros).exp());
    }

    @Override
    public Drawn drawn(Draw draw, double progress) {
        return alphas -> {
            RandomStream random = draw.stream();
            NDArray probabilities = Noise.on(
                    alphas.getManager(),
                    alphas.getShape(),
                    DataType.FLOAT64,
                    () -> Math.max(random.nextDouble(), SMALLEST));
            // The shares of the gamma numbers, whose logarithms do not underflow.
            return Functional.softmax(GammaQuantile.logarithm(concentrations(alphas), probabilities));
        };
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
