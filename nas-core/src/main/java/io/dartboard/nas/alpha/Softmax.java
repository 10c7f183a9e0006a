package io.dartboard.nas.alpha;

/** Candidates of an edge compete: their weights sum to one. Source: DARTS (arXiv 1806.09055), equation 2. */
public record Softmax() implements Relaxation {
    @Override
    public String id() {
        return "softmax";
    }

    /** Computed relative to the largest parameter, so that no finite input overflows. */
    @Override
    public double[] weights(float[] alphas) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float alpha : alphas) {
            largest = Math.max(largest, alpha);
        }
        double[] weights = new double[alphas.length];
        double sum = 0;
        for (int i = 0; i < alphas.length; i++) {
            weights[i] = StrictMath.exp(alphas[i] - largest);
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }
}
