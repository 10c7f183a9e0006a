package io.dartboard.nas.image.network;

import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.tensor.HostTensor;
import java.util.Map;

/**
 * A trained network for images as an ONNX model: of a batch of {@value #IMAGES}, (N, 3, side, side), normalised as for its
 * training, the {@value #LOGITS}, (N, classes).
 */
public final class OnnxClassifier {
    /** The input. */
    public static final String IMAGES = "images";

    /** The output. */
    public static final String LOGITS = "logits";

    private OnnxClassifier() {}

    /**
     * The model as a file.
     *
     * @param side of the images in pixels
     * @param tensors weights and running statistics by name, as a training hands them out; others are ignored
     * @param facts strings that travel with it
     * @throws IllegalArgumentException if a weight is missing, or of another network
     */
    public static byte[] of(
            DiscreteNetwork network,
            int side,
            int classes,
            Map<String, HostTensor> tensors,
            Map<String, String> facts) {
        OnnxGraph graph = new OnnxGraph("classifier", network.weights(), network.statistics(), tensors);
        OnnxValue images = graph.input(IMAGES, 3, side, side);
        graph.output(LOGITS, network.toOnnx(images, graph), classes);
        return graph.toBytes(facts);
    }
}
