package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Values between the Java heap and a device. What arrives on a device is a copy in native memory: an array that DJL lays
 * over a Java buffer is only as long-lived as the buffer, and a backward pass may read it late.
 */
public final class Copy {
    private Copy() {}

    /** Copies floats into a scope. */
    public static NDArray toDevice(NDManager scope, float[] values, Shape shape) {
        try (NDArray overBuffer = scope.create(values, shape)) {
            return overBuffer.duplicate();
        }
    }

    /** Copies doubles into a scope, in double precision. */
    public static NDArray toDevice(NDManager scope, double[] values, Shape shape) {
        try (NDArray overBuffer = scope.create(values, shape)) {
            return overBuffer.duplicate();
        }
    }

    /** Copies class labels into a scope: (N), 64-bit integers. */
    public static NDArray toDevice(NDManager scope, long[] labels) {
        try (NDArray overBuffer = scope.create(labels)) {
            return overBuffer.duplicate();
        }
    }

    /** Reads an array of 32-bit or 64-bit floats, row-major, as floats. Waits for the device. */
    public static float[] toHost(NDArray array) {
        if (array.getDataType() != DataType.FLOAT64) {
            return array.toFloatArray();
        }
        double[] wide = array.toDoubleArray();
        float[] narrow = new float[wide.length];
        for (int i = 0; i < wide.length; i++) {
            narrow[i] = (float) wide[i];
        }
        return narrow;
    }

    /** Reads an array of 32-bit or 64-bit floats, row-major, as doubles. Waits for the device. */
    public static double[] toHost64(NDArray array) {
        if (array.getDataType() == DataType.FLOAT64) {
            return array.toDoubleArray();
        }
        float[] narrow = array.toFloatArray();
        double[] wide = new double[narrow.length];
        for (int i = 0; i < narrow.length; i++) {
            wide[i] = narrow[i];
        }
        return wide;
    }

    /**
     * Reads an array of one element. Waits for the device.
     *
     * @throws IllegalArgumentException if the array has more than one element
     */
    public static double scalar(NDArray array) {
        if (array.size() != 1) {
            throw new IllegalArgumentException(
                    "an array of one element was expected (was %s)".formatted(array.getShape()));
        }
        return array.getDataType() == DataType.FLOAT64 ? array.toDoubleArray()[0] : array.toFloatArray()[0];
    }
}
