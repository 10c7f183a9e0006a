package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.setting.Checks;

/**
 * The weights of an edge are drawn from a concrete distribution, whose probabilities are the softmax of the parameters: the
 * softmax of parameters with Gumbel noise, divided by a temperature that falls linearly with the epochs. The colder, the nearer
 * is a draw to one candidate alone.
 *
 * <p>Source: Jang et al., <i>Categorical Reparameterization with Gumbel-Softmax</i> (arXiv 1611.01144); to search with it: Xie
 * et al., <i>SNAS: Stochastic Neural Architecture Search</i> (arXiv 1812.09926).
 *
 * @param temperatureFrom in the first epoch
 * @param temperatureTo what it would reach after the last epoch
 */
public record GumbelSoftmax(double temperatureFrom, double temperatureTo) implements DeviceRelaxation {
    /** As the authors of SNAS have it. */
    public static final GumbelSoftmax SNAS = new GumbelSoftmax(1, 0.03);

    public GumbelSoftmax {
        Checks.positive("temperatureFrom", temperatureFrom);
        Checks.positive("temperatureTo", temperatureTo);
    }

    /** By the probabilities, which are a softmax. */
    @Override
    public String id() {
        return SOFTMAX.id();
    }

    /** The probabilities, which are the mean of what {@link HardGumbel} draws. */
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
        double temperature = temperatureFrom + (temperatureTo - temperatureFrom) * progress;
        return alphas -> {
            NDArray noise = Noise.gumbel(alphas, draw.stream());
            return Functional.softmax(Scalars.times(alphas.add(noise), 1 / temperature));
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
