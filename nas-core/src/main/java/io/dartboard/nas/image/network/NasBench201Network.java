package io.dartboard.nas.image.network;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.ops.Assembly;
import io.dartboard.nas.image.ops.Form;
import io.dartboard.nas.image.ops.Linear;
import io.dartboard.nas.image.ops.Normalization;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.image.ops.ResidualBlock;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.Pooling;
import io.dartboard.nas.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The network that a cell of NAS-Bench-201 builds: a stem, three stages of cells with residual blocks between them, BN, ReLU,
 * global average pooling, a linear classifier. It has no auxiliary head.
 *
 * <p>Source: Dong and Yang, <i>NAS-Bench-201</i> (arXiv 2001.00326), section 2.1 and figure 1; names and order of weights from
 * the authors' code.
 */
public final class NasBench201Network implements DiscreteNetwork {
    /** A cell or a residual block. */
    private interface Part {
        /** Maps (N, C, H, W), whose handle is taken, to (N, C', H', W'). */
        NDArray apply(NDArray x, Pass pass, DropPath dropPath);

        /** The same for an evaluation, as a part of an ONNX graph. */
        OnnxValue toOnnx(OnnxValue x, OnnxGraph graph);
    }

    private record Searched(NasBench201Cell cell) implements Part {
        @Override
        public NDArray apply(NDArray x, Pass pass, DropPath dropPath) {
            return cell.apply(x, pass, dropPath);
        }

        @Override
        public OnnxValue toOnnx(OnnxValue x, OnnxGraph graph) {
            return cell.toOnnx(x, graph);
        }
    }

    private record Reducing(ResidualBlock block) implements Part {
        @Override
        public NDArray apply(NDArray x, Pass pass, DropPath dropPath) {
            return Torch.consume(x, each -> block.apply(each, pass));
        }

        @Override
        public OnnxValue toOnnx(OnnxValue x, OnnxGraph graph) {
            return block.toOnnx(x, graph);
        }
    }

    private final StemLayers entry;
    private final List<Part> parts = new ArrayList<>();
    private final int operands;
    private final Normalization lastNormalization;
    private final Linear classifier;
    private final ParameterLayout weights;
    private final ParameterLayout statistics;

    private NasBench201Network(NasBench201Genotype genotype, NetworkShape shape) {
        Assembly assembly = new Assembly(Form.DISCRETE);
        int last = shape.channels();
        this.entry = StemLayers.Cifar.of(assembly, last);
        int droppable = 0;
        for (int place = 0; place < shape.cells(); place++) {
            String prefix = "cells.%d.".formatted(place);
            int channels = shape.channelsOf(place);
            if (shape.reducesAt(place)) {
                parts.add(new Reducing(ResidualBlock.of(assembly, prefix, last, channels)));
            } else {
                NasBench201Cell cell = NasBench201Cell.of(assembly, prefix, genotype, channels);
                parts.add(new Searched(cell));
                droppable += cell.operands();
            }
            last = channels;
        }
        this.operands = droppable;
        this.lastNormalization = assembly.affineNormalization("lastact.0", last);
        this.classifier = assembly.linear("classifier", shape.classes(), last);
        this.weights = assembly.weights();
        this.statistics = assembly.statistics();
    }

    /**
     * Builds a network for square images.
     *
     * @param stem that of small images
     * @param asked width, depth and classes
     * @param resolution the side of the images in pixels
     * @throws IllegalArgumentException if there is no such network
     */
    static NasBench201Network of(
            Stem stem, NasBench201Genotype genotype, NetworkShape asked, int resolution, boolean auxiliaryHead) {
        NetworkShape shape = genotype.stacked(asked);
        stem.require(NasBench201Space.PUBLISHED, auxiliaryHead);
        stem.require(resolution, shape.reductions().size(), false);
        return new NasBench201Network(genotype, shape);
    }

    @Override
    public ParameterLayout weights() {
        return weights;
    }

    @Override
    public ParameterLayout statistics() {
        return statistics;
    }

    @Override
    public int operands() {
        return operands;
    }

    @Override
    public Outputs train(NDArray images, Pass pass, DropPath dropPath) {
        return new Outputs(logits(images, pass, dropPath), Optional.empty());
    }

    @Override
    public NDArray evaluate(NDArray images, Pass pass) {
        return logits(images, pass, DropPath.off());
    }

    private NDArray logits(NDArray images, Pass pass, DropPath dropPath) {
        NDArray x = entry.apply(images, pass).last(); // (N, C, H, W)
        for (Part part : parts) {
            x = part.apply(x, pass, dropPath);
        }
        NDArray normalized = Torch.consume(x, each -> lastNormalization.apply(each, pass));
        NDArray rectified = Torch.consume(normalized, Functional::relu);
        NDArray features = Torch.consume(rectified, Pooling::global); // (N, C)
        return Torch.consume(features, each -> classifier.apply(each, pass)); // (N, classes)
    }

    @Override
    public OnnxValue toOnnx(OnnxValue images, OnnxGraph graph) {
        OnnxValue x = entry.toOnnx(images, graph).last();
        for (Part part : parts) {
            x = part.toOnnx(x, graph);
        }
        OnnxValue rectified = graph.relu(lastNormalization.toOnnx(x, graph));
        return classifier.toOnnx(graph.globalMean(rectified), graph);
    }
}
