package io.dartboard.nas.alpha;

/**
 * Candidates of an edge do not compete: each is weighted by the sigmoid of its own parameter. Source: FairDARTS (Chu et al.,
 * arXiv 1911.12126), section 3.2.
 */
public record Sigmoid() implements Relaxation {
    @Override
    public String id() {
        return "sigmoid";
    }

    @Override
    public double[] weights(float[] alphas) {
        double[] weights = new double[alphas.length];
        for (int i = 0; i < alphas.length; i++) {
            weights[i] = 1 / (1 + StrictMath.exp(-alphas[i]));
        }
        return weights;
    }
}
