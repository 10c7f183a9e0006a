package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.Conv2d;
import java.util.function.UnaryOperator;

/** A convolution with the index of its kernel. */
record BundledLayer(Conv2d shape, int kernel) {
    NDArray apply(NDArray x, Pass pass) {
        return shape.apply(x, pass.weight(kernel));
    }

    UnaryOperator<NDArray> in(Pass pass) {
        return x -> apply(x, pass);
    }
}
