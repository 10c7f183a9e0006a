package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
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

    /** The same as a part of an ONNX graph. */
    public OnnxValue toOnnx(OnnxValue x, OnnxGraph graph) {
        return graph.linear(x, graph.weight(weight), graph.weight(bias));
    }
}
