package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.dartboard.nas.image.ops.Assembly;
import io.dartboard.nas.image.ops.CandidateOperation;
import io.dartboard.nas.image.ops.FactorizedReduce;
import io.dartboard.nas.image.ops.Form;
import io.dartboard.nas.image.ops.Linear;
import io.dartboard.nas.image.ops.Normalization;
import io.dartboard.nas.image.ops.Operation;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.image.ops.ReluConvNorm;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.tensor.Conv2d;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.Pooling;
import java.util.ArrayList;
import java.util.List;

/**
 * The supernet as the paper writes it, with nothing shared and nothing folded: each edge applies each candidate, none
 * included, to its whole state, and adds up the products with the relaxed alphas.
 */
public final class EdgeByEdge implements RelaxedNetwork {
    private interface Candidate {
        NDArray apply(NDArray x, Pass pass);
    }

    private record Cell(CellKind kind, Operation first, Operation second, List<List<Candidate>> edges) {}

    private final CnnSpace space;
    private final Assembly assembly = new Assembly(Form.SEARCH);
    private final int stem;
    private final Normalization stemNormalization;
    private final List<Cell> cells = new ArrayList<>();
    private final Linear classifier;

    public EdgeByEdge(CnnSpace space, NetworkShape shape, int imageChannels) {
        this.space = space;
        int width = 3 * shape.channels();
        stem = assembly.kernel("stem.0.weight", width, imageChannels, 3, 3);
        stemNormalization = assembly.affineNormalization("stem.1", width);
        int before = width;
        int last = width;
        for (int c = 0; c < shape.cells(); c++) {
            int channels = shape.channelsOf(c);
            String prefix = "cells." + c + ".";
            Operation first = c > 0 && shape.reducesAt(c - 1)
                    ? FactorizedReduce.of(assembly, prefix + "preprocess0.", before, channels)
                    : ReluConvNorm.of(assembly, prefix + "preprocess0.", before, channels);
            Operation second = ReluConvNorm.of(assembly, prefix + "preprocess1.", last, channels);
            List<List<Candidate>> edges = new ArrayList<>();
            for (Edge edge : space.cell().edges()) {
                int stride = shape.reducesAt(c) && edge.from() < 2 ? 2 : 1;
                List<Candidate> operations = new ArrayList<>();
                for (Primitive primitive : space.candidates()) {
                    String name = prefix + "_ops." + edge.index() + "._ops." + operations.size() + ".";
                    operations.add(
                            switch (primitive.publishedName()) {
                                case "dil_conv_3x3" -> dilated(channels, 3, stride, name);
                                case "dil_conv_5x5" -> dilated(channels, 5, stride, name);
                                default ->
                                    CandidateOperation.of(primitive).assemble(assembly, name, channels, stride)::apply;
                            });
                }
                edges.add(operations);
            }
            cells.add(new Cell(shape.kindOf(c), first, second, edges));
            before = last;
            last = space.cell().nodes() * channels;
        }
        classifier = assembly.linear("classifier", shape.classes(), last);
    }

    private Candidate dilated(int channels, int kernel, int stride, String name) {
        int depth = assembly.kernel(name + "op.1.weight", channels, 1, kernel, kernel);
        int point = assembly.kernel(name + "op.2.weight", channels, channels, 1, 1);
        Conv2d depthwise = Conv2d.depthwise(channels, kernel, stride, 2);
        return (x, pass) -> pass.normalize(
                Conv2d.pointwise().apply(depthwise.apply(Functional.relu(x), pass.weight(depth)), pass.weight(point)));
    }

    @Override
    public CnnSpace space() {
        return space;
    }

    @Override
    public ParameterLayout layout() {
        return assembly.weights();
    }

    @Override
    public NDArray logits(NDArray images, NDArray weights, Pass pass) {
        NDList kinds =
                weights.reshape(2L * space.edgeCount(), space.candidateCount()).split(2);
        NDArray before = stemNormalization.apply(Conv2d.square(1, 1).apply(images, pass.weight(stem)), pass);
        NDArray last = before;
        for (Cell cell : cells) {
            NDArray mixture = kinds.get(cell.kind() == CellKind.NORMAL ? 0 : 1);
            List<NDArray> states = new ArrayList<>();
            states.add(cell.first().apply(before, pass));
            states.add(cell.second().apply(last, pass));
            for (int node = 0; node < space.cell().nodes(); node++) {
                NDList terms = new NDList();
                for (Edge edge : space.cell().edgesOf(node)) {
                    for (int o = 0; o < space.candidateCount(); o++) {
                        NDArray weight = mixture.get("{},{}", edge.index(), o).reshape(1);
                        terms.add(cell.edges()
                                .get(edge.index())
                                .get(o)
                                .apply(states.get(edge.from()), pass)
                                .mul(weight));
                    }
                }
                states.add(terms.stream().reduce(NDArray::add).orElseThrow());
            }
            before = last;
            last = Functional.concatChannels(states.subList(2, states.size()));
        }
        return classifier.apply(Pooling.global(last), pass);
    }
}
