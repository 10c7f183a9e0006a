package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * The words of one step on a device and those that follow them, as numbers of 64 bits.
 *
 * @param inputs (T, B): a row per step in time, a column per text that is read
 * @param targets (T * B), row by row
 */
public record DeviceTokens(NDArray inputs, NDArray targets) {
    /**
     * Copies a window into a scope.
     *
     * @param inputs (length, columns) row-major
     * @param targets (length, columns) row-major
     */
    public static DeviceTokens of(NDManager scope, long[] inputs, long[] targets, int length, int columns) {
        try (NDArray flat = Copy.toDevice(scope, inputs)) {
            return new DeviceTokens(flat.reshape(length, columns), Copy.toDevice(scope, targets));
        }
    }

    /** Number of words to be predicted. */
    public int count() {
        return (int) targets.size();
    }
}
