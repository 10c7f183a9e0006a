package io.dartboard.nas.alpha;

/**
 * Candidates of an edge have the mean of a Dirichlet distribution with concentrations {@code elu(alpha) + 1}: the concentrations'
 * shares. Source: Chen et al., <i>DrNAS: Dirichlet Neural Architecture Search</i> (arXiv 2006.10355).
 */
public record DirichletMean() implements Relaxation {
    @Override
    public String id() {
        return "dirichlet";
    }

    @Override
    public double[] weights(float[] alphas) {
        double[] weights = new double[alphas.length];
        double sum = 0;
        for (int i = 0; i < alphas.length; i++) {
            weights[i] = alphas[i] > 0 ? alphas[i] + 1.0 : StrictMath.exp(alphas[i]);
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }
}
