package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;

/** {@code skip_connect} at stride 1. */
public record Identity() implements Operation {
    @Override
    public NDArray apply(NDArray x, Pass pass) {
        return x;
    }

    @Override
    public OnnxValue toOnnx(OnnxValue x, OnnxGraph graph) {
        return x;
    }

    @Override
    public boolean passesThrough() {
        return true;
    }
}
