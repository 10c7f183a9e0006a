package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.Functional;

/**
 * A linear layer with bias.
 *
 * @param weight index of (out, in)
 * @param bias index of (out)
 */
public record Linear(int weight, int bias) {
    /** Maps (N, in) to (N, out). */
    public NDArray apply(NDArray x, Pass pass) {
        return Functional.linear(x, pass.weight(weight), pass.weight(bias));
    }
}
