package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;

/** A candidate operation with its place among the weights. It keeps the channels and divides the resolution by its stride. */
public interface Operation {
    /**
     * Maps (N, C, H, W), which stays open and as it is, to (N, C', H / stride, W / stride). Unless the operation
     * {@linkplain #passesThrough passes its input through}, the result is an array of its own that no derivative reads
     * again: it may be changed in place and is closed by whoever asked for it.
     */
    NDArray apply(NDArray x, Pass pass);

    /** The same for an evaluation, as a part of an ONNX graph; of a network in its discrete {@linkplain Form form}. */
    OnnxValue toOnnx(OnnxValue x, OnnxGraph graph);

    /** Whether the result is the very input. Drop path spares such an operation. */
    default boolean passesThrough() {
        return false;
    }
}
