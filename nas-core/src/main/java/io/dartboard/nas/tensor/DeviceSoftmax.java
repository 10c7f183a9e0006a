package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.alpha.Softmax;

/** {@link Softmax} on a device. */
record DeviceSoftmax() implements DeviceRelaxation {
    private static final Softmax ON_HEAP = new Softmax();

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
        return Functional.softmax(alphas);
    }

    @Override
    public boolean competes() {
        return true;
    }
}
