package io.dartboard.nas.image.network;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.genotype.ConvolutionalArchitecture;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.genotype.StackedCells;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.ParameterLayout;
import java.util.Optional;

/** The network that a genotype builds for images. It is a description; weights and running statistics come with each pass. */
public interface DiscreteNetwork {
    /**
     * That of an architecture, for square images.
     *
     * @param stem which stem and auxiliary head
     * @param asked width, depth and classes; where it reduces is said by the architecture
     * @param resolution the side of the images in pixels
     * @throws IllegalArgumentException if the network, or its auxiliary head, cannot be built for that resolution, or that deep
     */
    static DiscreteNetwork of(
            Stem stem, ConvolutionalArchitecture genotype, NetworkShape asked, int resolution, boolean auxiliaryHead) {
        return genotype instanceof StackedCells cells
                ? ConvolutionalNetwork.of(stem, cells, asked, resolution, auxiliaryHead)
                : NasBench201Network.of(stem, (NasBench201Genotype) genotype, asked, resolution, auxiliaryHead);
    }

    /** Where each weight lies, in the order and under the names of the authors' network. */
    ParameterLayout weights();

    /** Where the running statistics of each batch normalisation lie. */
    ParameterLayout statistics();

    /** How many operands of nodes drop path may drop in one pass. */
    int operands();

    /**
     * What a training pass yields.
     *
     * @param logits (N, classes)
     * @param auxiliaryLogits (N, classes), where there is an auxiliary head
     */
    record Outputs(NDArray logits, Optional<NDArray> auxiliaryLogits) {}

    /** A training pass over images (N, 3, H, W): batch statistics, drop path, auxiliary head. */
    Outputs train(NDArray images, Pass pass, DropPath dropPath);

    /** An evaluation pass over images (N, 3, H, W): running statistics; yields logits (N, classes). */
    NDArray evaluate(NDArray images, Pass pass);

    /** The evaluation pass as a part of an ONNX graph: of images (N, 3, H, W) the logits (N, classes). */
    OnnxValue toOnnx(OnnxValue images, OnnxGraph graph);
}
