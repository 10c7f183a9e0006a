package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;

/** A dropout that is drawn once and applied again and again. */
public sealed interface Mask {
    /** What is kept, scaled so that its mean stays; the mask must broadcast over it. */
    NDArray apply(NDArray x);

    /** Drops nothing. */
    static Mask none() {
        return new None();
    }

    /** Multiplies by given values: 0 where something is dropped, 1 / (1 - share) elsewhere. */
    static Mask of(NDArray values) {
        return new Values(values);
    }

    /** A fresh mask; of share 0 it takes nothing from the stream. */
    static Mask draw(NDManager scope, RandomGenerator random, double share, DataType type, Shape shape) {
        return share == 0
                ? none()
                : of(toDevice(scope, draw(random, share, Math.toIntExact(shape.size())), type, shape));
    }

    /** The values of a fresh mask. */
    static float[] draw(RandomGenerator random, double share, int size) {
        float kept = (float) (1 / (1 - share));
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat() < share ? 0 : kept;
        }
        return values;
    }

    /** Copies a mask's values to a device. */
    static NDArray toDevice(NDManager scope, float[] values, DataType type, Shape shape) {
        return Copy.toDevice(scope, values, shape).toType(type, false);
    }

    /** Drops nothing. */
    record None() implements Mask {
        @Override
        public NDArray apply(NDArray x) {
            return x;
        }
    }

    /** Multiplies. */
    record Values(NDArray values) implements Mask {
        @Override
        public NDArray apply(NDArray x) {
            return x.mul(values);
        }
    }
}
