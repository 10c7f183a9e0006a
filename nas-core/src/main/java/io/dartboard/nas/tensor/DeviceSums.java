package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Sums over the steps of an epoch. They stay on the device, in double precision, so that no step waits for a number, and are
 * read at the end of the epoch, for a snapshot, and now and then to see a divergence.
 */
public final class DeviceSums {
    private final NDArray sums; // (count)

    /**
     * Sums that go on from some values.
     *
     * @param scope what they live as long as
     */
    public DeviceSums(NDManager scope, double... start) {
        this.sums = Copy.toDevice(scope, start, new Shape(start.length));
    }

    /** Adds one number to each sum: arrays of one element of any precision, whose scope takes the temporary arrays. */
    public void add(List<NDArray> numbers) {
        NDList wide = new NDList();
        numbers.forEach(number -> wide.add(number.reshape(1).toType(DataType.FLOAT64, false)));
        sums.addi(NDArrays.concat(wide));
    }

    /** One number times a count that a sum is taken of: the sum that the number is the mean of, in double precision. */
    public static NDArray summed(NDArray mean, int count) {
        return Scalars.times(mean.reshape(1).toType(DataType.FLOAT64, false), count);
    }

    /** The sums; waits for the device. */
    public double[] read() {
        return sums.toDoubleArray();
    }

    /** Sets all sums to 0, which must be finite. */
    public void clear() {
        try (NDArray same = sums.duplicate()) {
            sums.subi(same);
        }
    }
}
