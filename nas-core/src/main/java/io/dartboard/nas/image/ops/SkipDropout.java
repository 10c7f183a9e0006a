package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;

/**
 * {@code skip_connect} at stride 1 in a supernet, of which a part is dropped out in training: each value is 0 with a probability,
 * and divided by that of being kept otherwise. Every edge of every cell drops out its own part; where nothing is dropped out, as
 * in a judgement, it is the identity.
 *
 * <p>Source: Chen et al. (P-DARTS, arXiv 1904.12760), its search space regularization, and the authors' code.
 *
 * @param place of the edge among those of the network whose skip connection is dropped out
 */
public record SkipDropout(int place) implements Operation {
    @Override
    public NDArray apply(NDArray x, Pass pass) {
        return pass.skipMasks().map(masks -> masks.drop(x, place)).orElse(x);
    }

    @Override
    public OnnxValue toOnnx(OnnxValue x, OnnxGraph graph) {
        return x;
    }
}
