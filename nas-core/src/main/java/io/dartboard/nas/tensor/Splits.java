package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Cutting an array along its first axis in one operation. */
public final class Splits {
    private Splits() {}

    /**
     * Cuts an array into pieces of given sizes, which share its memory.
     *
     * @param sizes of the pieces along the first axis; together they are its length
     */
    public static NDList of(NDArray array, long[] sizes) {
        if (sizes.length == 1) {
            return new NDList(array);
        }
        long[] ends = sizes.clone();
        Arrays.parallelPrefix(ends, Long::sum);
        return array.split(LongStream.of(ends).limit(ends.length - 1L).toArray());
    }
}
