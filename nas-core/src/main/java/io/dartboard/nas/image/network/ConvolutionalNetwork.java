package io.dartboard.nas.image.network;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.genotype.StackedCells;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.ops.Assembly;
import io.dartboard.nas.image.ops.Form;
import io.dartboard.nas.image.ops.Linear;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.Pooling;
import io.dartboard.nas.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The network that a genotype builds: stem, cells, global average pooling, linear classifier, and for training an
 * auxiliary head on the output of the second reduction (DARTS, sections 3.2 and 3.3). It knows where its weights and
 * running statistics lie; the values come with each pass.
 */
public final class ConvolutionalNetwork implements DiscreteNetwork {

    private final StemLayers entry;
    private final List<DiscreteCell> cells;
    private final int auxiliaryCell;
    private final Optional<AuxiliaryHead> auxiliaryHead;
    private final Linear classifier;
    private final ParameterLayout weights;
    private final ParameterLayout statistics;

    private ConvolutionalNetwork(Stem stem, StackedCells genotype, NetworkShape shape, boolean withAuxiliaryHead) {
        Assembly assembly = new Assembly(Form.DISCRETE);
        this.entry = switch (stem) {
            case CIFAR -> StemLayers.Cifar.of(assembly, shape.stemChannels());
            case IMAGENET -> StemLayers.ImageNet.of(assembly, shape.channels());
        };
        this.cells = new ArrayList<>();
        this.auxiliaryCell = shape.auxiliaryCell();
        int before = entry.channels();
        int last = entry.channels();
        int auxiliaryChannels = 0;
        boolean afterReduction = entry.reduces();
        for (int i = 0; i < shape.cells(); i++) {
            CellGenotype cell = genotype.cell(shape, i);
            int channels = shape.channelsOf(i);
            String prefix = "cells." + i + ".";
            cells.add(DiscreteCell.of(
                    assembly, prefix, cell, before, last, channels, shape.reducesAt(i), afterReduction));
            afterReduction = shape.reducesAt(i);
            before = last;
            last = cell.concat().size() * channels;
            if (i == auxiliaryCell) {
                auxiliaryChannels = last;
            }
        }
        this.auxiliaryHead = withAuxiliaryHead
                ? Optional.of(AuxiliaryHead.of(assembly, stem, auxiliaryChannels, shape.classes()))
                : Optional.empty();
        this.classifier = assembly.linear("classifier", shape.classes(), last);
        this.weights = assembly.weights();
        this.statistics = assembly.statistics();
    }

    /**
     * Builds a network for square images.
     *
     * @param stem which stem and auxiliary head
     * @param asked width, depth and classes; where it reduces is said by the genotype
     * @param resolution the side of the images in pixels
     * @throws IllegalArgumentException if the network, or its auxiliary head, cannot be built for that resolution, or that deep
     */
    public static ConvolutionalNetwork of(
            Stem stem, StackedCells genotype, NetworkShape asked, int resolution, boolean auxiliaryHead) {
        NetworkShape shape = genotype.stacked(asked);
        stem.require(resolution, shape.reductions().size(), auxiliaryHead);
        return new ConvolutionalNetwork(stem, genotype, shape, auxiliaryHead);
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
        return cells.stream().mapToInt(DiscreteCell::operands).sum();
    }

    @Override
    public Outputs train(NDArray images, Pass pass, DropPath dropPath) {
        return forward(images, pass, dropPath);
    }

    @Override
    public NDArray evaluate(NDArray images, Pass pass) {
        return forward(images, pass, DropPath.off()).logits();
    }

    private Outputs forward(NDArray images, Pass pass, DropPath dropPath) {
        StemLayers.Inputs inputs = entry.apply(images, pass);
        NDArray before = inputs.before();
        NDArray last = inputs.last();
        Optional<NDArray> auxiliary = Optional.empty();
        for (int i = 0; i < cells.size(); i++) {
            NDArray output = cells.get(i).apply(before, last, pass, dropPath);
            if (i > 0 || entry.reduces()) { // else both inputs are one array, which the next cell reads too
                before.close();
            }
            before = last;
            last = output;
            if (i == auxiliaryCell && pass.training() && auxiliaryHead.isPresent()) {
                // The authors' head rectifies its input in place. Later cells rectify what they read anyway, so this
                // shows only where the head sits on the last cell, in a network of three.
                last = Torch.consume(output, Functional::relu);
                auxiliary = Optional.of(auxiliaryHead.get().apply(last, pass));
            }
        }
        before.close();
        NDArray features = Torch.consume(last, Pooling::global); // (N, C)
        return new Outputs(Torch.consume(features, x -> classifier.apply(x, pass)), auxiliary); // (N, classes)
    }

    @Override
    public OnnxValue toOnnx(OnnxValue images, OnnxGraph graph) {
        StemLayers.OnnxInputs inputs = entry.toOnnx(images, graph);
        OnnxValue before = inputs.before();
        OnnxValue last = inputs.last();
        for (DiscreteCell cell : cells) {
            OnnxValue output = cell.toOnnx(before, last, graph);
            before = last;
            last = output;
        }
        return classifier.toOnnx(graph.globalMean(last), graph);
    }
}
