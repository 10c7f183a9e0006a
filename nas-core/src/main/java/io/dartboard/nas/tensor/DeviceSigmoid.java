package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.alpha.Sigmoid;

/** {@link Sigmoid} on a device. */
record DeviceSigmoid() implements DeviceRelaxation {
    private static final Sigmoid ON_HEAP = new Sigmoid();

    @Override
    public String id() {
        return ON_HEAP.id();
    }

    @Override
    public double[] weights(float[] alphas) {
        return ON_HEAP.weights(alphas);
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
