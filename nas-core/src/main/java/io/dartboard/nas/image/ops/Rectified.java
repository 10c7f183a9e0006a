package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Torch;

/**
 * An operation that begins with a ReLU and ends with a batch normalisation. Whoever applies several of these to one
 * input rectifies it once and calls {@link #applyRectified}.
 */
public abstract class Rectified implements Operation {
    private final Normalization last;

    /** Ends in a normalisation. */
    protected Rectified(Normalization last) {
        this.last = last;
    }

    @Override
    public final NDArray apply(NDArray x, Pass pass) {
        return Torch.consume(Functional.relu(x), rectified -> applyRectified(rectified, pass));
    }

    /** As {@link #apply}, of an input without negative values, which stays open. */
    public final NDArray applyRectified(NDArray rectified, Pass pass) {
        return Torch.consume(convolve(rectified, pass), convolved -> last.apply(convolved, pass));
    }

    @Override
    public final OnnxValue toOnnx(OnnxValue x, OnnxGraph graph) {
        return last.toOnnx(convolve(graph.relu(x), graph), graph);
    }

    /** Everything between the first ReLU and the last normalisation; the result is an array of its own. */
    protected abstract NDArray convolve(NDArray rectified, Pass pass);

    /** The same as a part of an ONNX graph. */
    protected abstract OnnxValue convolve(OnnxValue rectified, OnnxGraph graph);
}
