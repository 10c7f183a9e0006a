package io.dartboard.nas.image.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.genotype.Gene;
import io.dartboard.nas.genotype.StackedCells;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.ops.Assembly;
import io.dartboard.nas.image.ops.Form;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.tensor.Conv2d;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.Pooling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The network of a genotype as the paper draws it: every edge on its own, images in the engine's default layout, nothing
 * shared, nothing freed before the pass is. It has the weights, names and entry points of {@link ConvolutionalNetwork}, of
 * which it is the yardstick, and shares with it only the arithmetic of single tensors.
 */
public final class PlainNetwork implements DiscreteNetwork {
    private interface Layer {
        NDArray apply(NDArray x, Pass pass);
    }

    private record Cell(CellGenotype genotype, Layer before, Layer last, List<Layer> operations) {}

    private final Assembly assembly = new Assembly(Form.DISCRETE);
    private final Layer firstStem;
    private final Optional<Layer> secondStem;
    private final List<Cell> cells = new ArrayList<>();
    private final int auxiliaryCell;
    private final Optional<Layer> auxiliaryHead;
    private final Layer classifier;

    private PlainNetwork(Stem stem, StackedCells genotype, NetworkShape shape, boolean withAuxiliaryHead) {
        boolean cifar = stem == Stem.CIFAR;
        int width = cifar ? 3 * shape.channels() : shape.channels();
        firstStem = cifar
                ? chain(convolution("stem.0.weight", 3, width, 3, Conv2d.square(1, 1)), norm("stem.1", width))
                : chain(
                        convolution("stem0.0.weight", 3, width / 2, 3, Conv2d.square(2, 1)),
                        norm("stem0.1", width / 2),
                        relu(),
                        convolution("stem0.3.weight", width / 2, width, 3, Conv2d.square(2, 1)),
                        norm("stem0.4", width));
        secondStem = cifar
                ? Optional.empty()
                : Optional.of(chain(
                        relu(),
                        convolution("stem1.1.weight", width, width, 3, Conv2d.square(2, 1)),
                        norm("stem1.2", width)));
        int before = width;
        int last = width;
        for (int i = 0; i < shape.cells(); i++) {
            boolean afterReduction = i == 0 ? !cifar : shape.reducesAt(i - 1);
            CellGenotype cell = genotype.cell(shape, i);
            cells.add(cell(
                    "cells." + i + ".", cell, before, last, shape.channelsOf(i), shape.reducesAt(i), afterReduction));
            before = last;
            last = cell.concat().size() * shape.channelsOf(i);
        }
        auxiliaryCell = shape.auxiliaryCell();
        int auxiliaryChannels = genotype.cell(shape, auxiliaryCell).concat().size() * shape.channelsOf(auxiliaryCell);
        auxiliaryHead =
                withAuxiliaryHead ? Optional.of(head(cifar, auxiliaryChannels, shape.classes())) : Optional.empty();
        classifier = assembly.linear("classifier", shape.classes(), last)::apply;
    }

    /** As {@link ConvolutionalNetwork#of}. */
    public static PlainNetwork of(
            Stem stem, StackedCells genotype, NetworkShape shape, int resolution, boolean auxiliaryHead) {
        stem.require(resolution, auxiliaryHead);
        return new PlainNetwork(stem, genotype, genotype.stacked(shape), auxiliaryHead);
    }

    @Override
    public ParameterLayout weights() {
        return assembly.weights();
    }

    @Override
    public ParameterLayout statistics() {
        return assembly.statistics();
    }

    @Override
    public int operands() {
        return Math.toIntExact(cells.stream()
                .flatMap(cell -> cell.operations().stream())
                .filter(operation -> !(operation instanceof Skip))
                .count());
    }

    /** Images stored in any order are brought into the default one first. */
    @Override
    public Outputs train(NDArray images, Pass pass, DropPath dropPath) {
        NDArray values = images.reshape(-1); // copies what is not in this order
        NDArray before = firstStem.apply(values.reshape(images.getShape()), pass);
        NDArray last = secondStem.isPresent() ? secondStem.get().apply(before, pass) : before;
        Optional<NDArray> auxiliary = Optional.empty();
        for (int i = 0; i < cells.size(); i++) {
            NDArray output = apply(cells.get(i), before, last, pass, dropPath);
            before = last;
            last = output;
            if (i == auxiliaryCell && pass.training() && auxiliaryHead.isPresent()) {
                last = Functional.relu(output);
                auxiliary = Optional.of(auxiliaryHead.get().apply(last, pass));
            }
        }
        Shape image = last.getShape();
        NDArray pixels = last.reshape(image.get(0), image.get(1), image.get(2) * image.get(3));
        NDArray pooled = pixels.mean(new int[] {2}); // (N, C)
        return new Outputs(classifier.apply(pooled, pass), auxiliary);
    }

    @Override
    public OnnxValue toOnnx(OnnxValue images, OnnxGraph graph) {
        throw new UnsupportedOperationException("the oracle is not exported");
    }

    @Override
    public NDArray evaluate(NDArray images, Pass pass) {
        return train(images, pass, DropPath.off()).logits();
    }

    private static NDArray apply(Cell cell, NDArray before, NDArray last, Pass pass, DropPath dropPath) {
        List<NDArray> states = new ArrayList<>();
        states.add(cell.before().apply(before, pass));
        states.add(cell.last().apply(last, pass));
        int first = 0;
        for (List<Gene> genes : cell.genotype().operands()) {
            NDArray zero =
                    states.get(0).mul(states.get(0).getManager().create(0f)); // stands in for what does not exist
            NDArray sum = genes.isEmpty() ? zero : operand(cell, first, states, pass, dropPath);
            for (int i = 1; i < genes.size(); i++) {
                sum = sum.add(operand(cell, first + i, states, pass, dropPath));
            }
            states.add(sum);
            first += genes.size();
        }
        return Functional.concatChannels(
                cell.genotype().concat().stream().map(states::get).toList());
    }

    private static NDArray operand(Cell cell, int index, List<NDArray> states, Pass pass, DropPath dropPath) {
        NDArray from = states.get(cell.genotype().genes().get(index).from());
        Layer operation = cell.operations().get(index);
        NDArray result = operation.apply(from, pass);
        return operation instanceof Skip
                ? result
                : dropPath.next().map(result::mul).orElse(result);
    }

    private Cell cell(
            String prefix,
            CellGenotype genotype,
            int before,
            int last,
            int channels,
            boolean reduces,
            boolean afterReduction) {
        Layer first = afterReduction
                ? factorizedReduce(prefix + "preprocess0.", before, channels)
                : bridge(prefix + "preprocess0.", before, channels);
        Layer second = bridge(prefix + "preprocess1.", last, channels);
        List<Layer> operations = new ArrayList<>();
        for (Gene gene : genotype.genes()) {
            int stride = reduces && gene.from() < 2 ? 2 : 1;
            operations.add(operation(gene.op(), prefix + "_ops." + operations.size() + ".", channels, stride));
        }
        return new Cell(genotype, first, second, operations);
    }

    private Layer operation(Primitive primitive, String prefix, int channels, int stride) {
        return switch (primitive.publishedName()) {
            case "max_pool_3x3" -> (x, pass) -> Pooling.max(x, 3, stride, 1);
            case "avg_pool_3x3" -> (x, pass) -> pass.averagePool(x, 3, stride, 1);
            case "skip_connect" -> stride == 1 ? new Skip() : factorizedReduce(prefix, channels, channels);
            case "sep_conv_3x3" -> separable(prefix, channels, 3, stride);
            case "sep_conv_5x5" -> separable(prefix, channels, 5, stride);
            case "sep_conv_7x7" -> separable(prefix, channels, 7, stride);
            case "dil_conv_3x3" -> dilated(prefix, channels, 3, stride);
            case "dil_conv_5x5" -> dilated(prefix, channels, 5, stride);
            case "conv_7x1_1x7" -> rowThenColumn(prefix, channels, stride);
            default -> throw new IllegalArgumentException("no layers are known of " + primitive);
        };
    }

    /** {@code skip_connect} at stride 1, which drop path spares. */
    private record Skip() implements Layer {
        @Override
        public NDArray apply(NDArray x, Pass pass) {
            return x;
        }
    }

    private Layer separable(String prefix, int channels, int kernel, int stride) {
        return chain(
                relu(),
                depthwise(prefix + "op.1.weight", channels, kernel, stride, 1),
                pointwise(prefix + "op.2.weight", channels, channels),
                norm(prefix + "op.3", channels),
                relu(),
                depthwise(prefix + "op.5.weight", channels, kernel, 1, 1),
                pointwise(prefix + "op.6.weight", channels, channels),
                norm(prefix + "op.7", channels));
    }

    private Layer dilated(String prefix, int channels, int kernel, int stride) {
        return chain(
                relu(),
                depthwise(prefix + "op.1.weight", channels, kernel, stride, 2),
                pointwise(prefix + "op.2.weight", channels, channels),
                norm(prefix + "op.3", channels));
    }

    private Layer rowThenColumn(String prefix, int channels, int stride) {
        return chain(
                relu(),
                kernel(prefix + "1.weight", channels, channels, 1, 7, new Conv2d(1, stride, 0, 3, 1, 1)),
                kernel(prefix + "2.weight", channels, channels, 7, 1, new Conv2d(stride, 1, 3, 0, 1, 1)),
                norm(prefix + "3", channels));
    }

    private Layer bridge(String prefix, int in, int out) {
        return chain(relu(), pointwise(prefix + "op.1.weight", in, out), norm(prefix + "op.2", out));
    }

    private Layer factorizedReduce(String prefix, int in, int out) {
        Layer even = convolution(prefix + "conv_1.weight", in, out / 2, 1, Conv2d.square(2, 0));
        Layer odd = convolution(prefix + "conv_2.weight", in, out / 2, 1, Conv2d.square(2, 0));
        Layer halves = (x, pass) ->
                Functional.concatChannels(List.of(even.apply(x, pass), odd.apply(x.get(":, :, 1:, 1:"), pass)));
        return chain(relu(), halves, norm(prefix + "bn", out));
    }

    private Layer head(boolean cifar, int channels, int classes) {
        String prefix = "auxiliary_head.";
        Layer pool = (x, pass) -> pass.averagePool(x, 5, cifar ? 3 : 2, 0); // (N, C, P, P)
        Layer narrow = pointwise(prefix + "features.2.weight", channels, 128);
        Layer narrowNorm = norm(prefix + "features.3", 128);
        Layer wide = convolution(prefix + "features.5.weight", 128, 768, 2, Conv2d.square(1, 0)); // (N, 768, P-1, P-1)
        Layer wideNorm = cifar ? norm(prefix + "features.6", 768) : new Skip();
        Layer flat = (x, pass) -> {
            Shape map = x.getShape();
            return x.reshape(-1, 768, map.get(2) * map.get(3)).mean(new int[] {2});
        };
        Layer linear = assembly.linear(prefix + "classifier", classes, 768)::apply;
        return chain(pool, narrow, narrowNorm, relu(), wide, wideNorm, relu(), flat, linear);
    }

    private static Layer chain(Layer... layers) {
        return (x, pass) -> {
            NDArray result = x;
            for (Layer layer : layers) {
                result = layer.apply(result, pass);
            }
            return result;
        };
    }

    private static Layer relu() {
        return (x, pass) -> Functional.relu(x);
    }

    private Layer norm(String name, int channels) {
        return assembly.affineNormalization(name, channels)::apply;
    }

    private Layer pointwise(String name, int in, int out) {
        return convolution(name, in, out, 1, Conv2d.pointwise());
    }

    private Layer depthwise(String name, int channels, int kernel, int stride, int dilation) {
        return convolution(name, 1, channels, kernel, Conv2d.depthwise(channels, kernel, stride, dilation));
    }

    private Layer convolution(String name, int inPerGroup, int out, int kernel, Conv2d convolution) {
        return kernel(name, inPerGroup, out, kernel, kernel, convolution);
    }

    private Layer kernel(String name, int inPerGroup, int out, int height, int width, Conv2d convolution) {
        int index = assembly.kernel(name, out, inPerGroup, height, width);
        return (x, pass) -> convolution.apply(x, pass.weight(index));
    }
}
