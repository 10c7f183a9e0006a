package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.EdgeForm;
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
    private final EdgeForm form;
    private final int channels;
    private final Assembly assembly = new Assembly(Form.SEARCH);
    private final int stem;
    private final Normalization stemNormalization;
    private final List<Cell> cells = new ArrayList<>();
    private final Linear classifier;

    public EdgeByEdge(CnnSpace space, NetworkShape shape, int imageChannels) {
        this(space, shape, imageChannels, EdgeForm.FULL);
    }

    public EdgeByEdge(CnnSpace space, NetworkShape shape, int imageChannels, EdgeForm form) {
        this.form = form;
        this.channels = shape.channels();
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
                for (Primitive primitive : mixed()) {
                    String name = prefix + "_ops." + edge.index() + "._ops." + operations.size() + ".";
                    operations.add(
                            switch (primitive.publishedName()) {
                                case "dil_conv_3x3" -> dilated(channels / parts(), 3, stride, name);
                                case "dil_conv_5x5" -> dilated(channels / parts(), 5, stride, name);
                                default ->
                                    CandidateOperation.of(primitive)
                                            .assemble(assembly, name, channels / parts(), stride)::apply;
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

    private int parts() {
        return form instanceof EdgeForm.PartialChannels partial ? partial.partialChannels() : 1;
    }

    private List<Primitive> mixed() {
        List<Primitive> mixed = new ArrayList<>(space.candidates());
        if (form instanceof EdgeForm.AuxiliarySkip) {
            mixed.add(Primitive.SKIP_CONNECT);
        }
        return mixed;
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
    public int channels() {
        return channels;
    }

    @Override
    public ParameterLayout layout() {
        return assembly.weights();
    }

    @Override
    public NDArray logits(NDArray images, NDArray weights, Pass pass) {
        long alphas = 2L * space.edgeCount() * space.candidateCount();
        NDList cut = weights.size() == alphas ? new NDList(weights) : weights.split(new long[] {alphas});
        NDList kinds = cut.get(0)
                .reshape(2L * space.edgeCount(), space.candidateCount())
                .split(2);
        NDArray before = stemNormalization.apply(Conv2d.square(1, 1).apply(images, pass.weight(stem)), pass);
        NDArray last = before;
        for (Cell cell : cells) {
            NDArray mixture = kinds.get(cell.kind() == CellKind.NORMAL ? 0 : 1);
            List<NDArray> states = new ArrayList<>();
            states.add(cell.first().apply(before, pass));
            states.add(cell.second().apply(last, pass));
            for (int node = 0; node < space.cell().nodes(); node++) {
                NDList terms = new NDList();
                List<Edge> into = space.cell().edgesOf(node);
                for (Edge edge : into) {
                    NDArray state = states.get(edge.from());
                    NDArray seen = parts() == 1 ? state : part(state, true);
                    NDList mixed = new NDList();
                    for (int o = 0; o < mixed().size(); o++) {
                        NDArray weight = o < space.candidateCount()
                                ? mixture.get("{},{}", edge.index(), o).reshape(1)
                                : cut.get(1);
                        mixed.add(cell.edges()
                                .get(edge.index())
                                .get(o)
                                .apply(seen, pass)
                                .mul(weight));
                    }
                    NDArray sum = mixed.stream().reduce(NDArray::add).orElseThrow();
                    if (parts() > 1) {
                        int from = cell.kind() == CellKind.NORMAL ? 0 : space.edgeCount();
                        NDArray betas = cut.get(1)
                                .get(
                                        "{}:{}",
                                        from + into.get(0).index(),
                                        from + into.get(0).index() + into.size());
                        NDArray beta =
                                Functional.softmax(betas).get("{}", edge.from()).reshape(1);
                        sum = partial(sum, part(state, false)).mul(beta);
                    }
                    terms.add(sum);
                }
                states.add(terms.stream().reduce(NDArray::add).orElseThrow());
            }
            before = last;
            last = Functional.concatChannels(states.subList(2, states.size()));
        }
        return classifier.apply(Pooling.global(last), pass);
    }

    private NDArray part(NDArray state, boolean first) {
        long channels = state.getShape().get(1);
        return first ? state.get(":, 0:{}", channels / parts()) : state.get(":, {}:{}", channels / parts(), channels);
    }

    /** PC-DARTS, edge by edge: the other channels, pooled where the candidates halve the resolution, and a shuffle. */
    private NDArray partial(NDArray mixed, NDArray others) {
        boolean halved = mixed.getShape().get(2) < others.getShape().get(2);
        NDArray passing = halved ? Pooling.max(others, 2, 2, 0) : others;
        NDArray joined = Functional.concatChannels(List.of(mixed, passing));
        Shape shape = joined.getShape();
        long each = shape.get(1) / parts();
        return joined.reshape(shape.get(0), parts(), each, shape.get(2), shape.get(3))
                .transpose(0, 2, 1, 3, 4)
                .reshape(shape);
    }
}
