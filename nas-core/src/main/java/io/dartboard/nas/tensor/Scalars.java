package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Arithmetic of tensors with numbers. Each number becomes a native array of one element first: DJL's own overloads for
 * {@link Number} keep the number in a Java buffer that may be freed before a backward pass reads it, and the gradient is
 * then silently wrong.
 */
public final class Scalars {
    private static final Shape ONE = new Shape(1);

    private Scalars() {}

    /** A native array of one element, (1), in a scope. */
    public static NDArray of(NDManager scope, double value, DataType type) {
        return scope.full(ONE, (float) value, type);
    }

    /** {@code x * factor}. */
    public static NDArray times(NDArray x, double factor) {
        return Torch.consume(of(x.getManager(), factor, x.getDataType()), x::mul);
    }

    /** {@code x + term}. */
    public static NDArray plus(NDArray x, double term) {
        return Torch.consume(of(x.getManager(), term, x.getDataType()), x::add);
    }

    /** {@code x *= factor}, on an array that needs no gradient. */
    public static void timesInPlace(NDArray x, double factor) {
        try (NDArray number = of(x.getManager(), factor, x.getDataType())) {
            x.muli(number);
        }
    }

    /** {@code y += factor * x}, on an array that needs no gradient. */
    public static void addScaled(NDArray y, double factor, NDArray x) {
        try (NDArray number = of(y.getManager(), factor, x.getDataType());
                NDArray scaled = number.mul(x)) {
            y.addi(scaled);
        }
    }
}
