package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;

/** Candidates that do not compete: each is weighted by the sigmoid of its own parameter. Chu et al. (arXiv 1911.12126). */
public record Sigmoids() implements DeviceRelaxation {
    @Override
    public double[] weights(float[] alphas) {
        double[] weights = new double[alphas.length];
        for (int i = 0; i < alphas.length; i++) {
            weights[i] = 1 / (1 + Math.exp(-alphas[i]));
        }
        return weights;
    }

    @Override
    public NDArray weights(NDArray alphas) {
        return Functional.sigmoid(alphas);
    }

    @Override
    public boolean competes() {
        return false;
    }
}
