package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.EdgeForm;
import io.dartboard.nas.image.ops.Assembly;
import io.dartboard.nas.image.ops.FactorizedReduce;
import io.dartboard.nas.image.ops.Form;
import io.dartboard.nas.image.ops.Linear;
import io.dartboard.nas.image.ops.Normalization;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.image.ops.Rectified;
import io.dartboard.nas.image.ops.ReluConvNorm;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.Conv2d;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.Pooling;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The continuous relaxation of every network of a space: a stem, a stack of mixed cells, global pooling and a
 * classifier. It is a description; weights and mixing weights come with each pass. Statistics are always the batch's.
 *
 * <p>Source: DARTS (arXiv 1806.09055), sections 2.2 and 3.1; sizes and the order of weights from the authors' code.
 */
public final class Supernet implements RelaxedNetwork {
    private static final Conv2d STEM = Conv2d.square(1, 1);

    /** A cell, and what brings the outputs of the two cells before it to its width. */
    private record PreparedCell(Rectified before, Rectified last, MixedCell cell) {
        /** The nodes' states, to be concatenated by channel, of rectified outputs (N, C, H, W). */
        List<State> apply(NDArray twoBefore, NDArray oneBefore, Pass pass, Mixture mixture) {
            return cell.apply(
                    List.of(before.applyRectified(twoBefore, pass), last.applyRectified(oneBefore, pass)),
                    pass,
                    mixture);
        }

        /** The same cell, mixed by another group. */
        PreparedCell mixedBy(String group) {
            return new PreparedCell(before, last, cell.mixedBy(group));
        }
    }

    private final CnnSpace space;
    private final AlphaLayout alphas;
    private final EdgeMixture edges;
    private final ParameterLayout layout;
    private final int stemKernel;
    private final Normalization stemNormalization;
    private final List<PreparedCell> cells = new ArrayList<>();
    private final AlphaLayout byCell;
    private final List<PreparedCell> cellsByThemselves; // the same, each mixed by weights of its own
    private final Linear classifier;
    private final int channels;
    private final int skipDropouts;

    /** Puts a supernet of full edges together whose cells of a kind share their alphas. */
    public Supernet(CnnSpace space, NetworkShape shape, int imageChannels, Grouping grouping) {
        this(space, shape, imageChannels, grouping, AlphaSharing.BY_KIND);
    }

    /** Puts a supernet of full edges together. */
    public Supernet(CnnSpace space, NetworkShape shape, int imageChannels, Grouping grouping, AlphaSharing sharing) {
        this(space, shape, imageChannels, grouping, sharing, EdgeForm.FULL);
    }

    /**
     * Puts a supernet together.
     *
     * @param imageChannels channels of an image
     * @param grouping how many edges are convolved side by side
     * @param sharing which cells share their alphas
     * @param form what edges compute beside the mixture of their candidates
     * @throws IllegalArgumentException if the channels cannot be cut as the form wants it
     */
    public Supernet(
            CnnSpace space,
            NetworkShape shape,
            int imageChannels,
            Grouping grouping,
            AlphaSharing sharing,
            EdgeForm form) {
        this(space, shape, imageChannels, grouping, sharing, form, SupernetStage.WHOLE);
    }

    /**
     * Puts that of a stage of a search together.
     *
     * @param imageChannels channels of an image
     * @param grouping how many edges are convolved side by side
     * @param sharing which cells share their alphas
     * @param form what edges compute beside the mixture of their candidates
     * @param stage which candidates the edges have left
     * @throws IllegalArgumentException if the channels cannot be cut as the form wants it
     */
    public Supernet(
            CnnSpace space,
            NetworkShape shape,
            int imageChannels,
            Grouping grouping,
            AlphaSharing sharing,
            EdgeForm form,
            SupernetStage stage) {
        form.requireChannels(shape.channels());
        this.space = space;
        this.channels = shape.channels();
        this.alphas = form.alphas(sharing.layout(space, shape.cells()));
        this.edges = EdgeMixture.of(space, form, stage);
        Assembly assembly = new Assembly(Form.SEARCH);
        int stem = shape.stemChannels();
        stemKernel = assembly.kernel("stem.0.weight", stem, imageChannels, 3, 3);
        stemNormalization = assembly.affineNormalization("stem.1", stem);
        int before = stem;
        int last = stem;
        for (int cell = 0; cell < shape.cells(); cell++) {
            boolean reducedLast = cell > 0 && shape.reducesAt(cell - 1);
            int channels = shape.channelsOf(cell);
            CellKind kind = shape.kindOf(cell);
            String prefix = "cells.%d.".formatted(cell);
            // Where the cell before was a reduction, its predecessor has twice the resolution.
            Rectified first = reducedLast
                    ? FactorizedReduce.of(assembly, prefix + "preprocess0.", before, channels)
                    : ReluConvNorm.of(assembly, prefix + "preprocess0.", before, channels);
            Rectified second = ReluConvNorm.of(assembly, prefix + "preprocess1.", last, channels);
            MixedCell mixed = MixedCell.of(
                    assembly,
                    prefix,
                    space,
                    edges,
                    kind,
                    sharing.group(space, kind, cell),
                    channels,
                    Bundle.of(space, kind, edges.channels(channels), shape.halvingsBefore(cell), grouping));
            cells.add(new PreparedCell(first, second, mixed));
            before = last;
            last = space.cell().nodes() * channels;
        }
        byCell = AlphaSharing.ofEveryPlace(space, shape.cells());
        cellsByThemselves = IntStream.range(0, shape.cells())
                .mapToObj(cell -> cells.get(cell).mixedBy(AlphaSharing.cell(cell)))
                .toList();
        classifier = assembly.linear("classifier", shape.classes(), last);
        layout = assembly.weights();
        skipDropouts = assembly.skipDropouts();
    }

    @Override
    public ParameterLayout layout() {
        return layout;
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
    public int skipDropouts() {
        return skipDropouts;
    }

    @Override
    public List<String> groupsOfCells() {
        return cells.stream().map(each -> each.cell().group()).toList();
    }

    @Override
    public NDArray logits(NDArray images, NDArray weights, Pass pass) {
        boolean shared = weights.size() != byCell.size();
        List<PreparedCell> mixed = shared ? cells : cellsByThemselves;
        Mixture mixture = new Mixture(space, edges.operations().size(), shared ? alphas : byCell, weights, pass);
        NDArray stem = stemNormalization.apply(STEM.apply(images, pass.weight(stemKernel)), pass); // (N, 3C, H, W)
        // Whoever reads a cell's output rectifies it first, and its nodes are rectified already.
        NDArray before = Functional.relu(stem);
        NDArray last = before;
        for (PreparedCell cell : mixed.subList(0, mixed.size() - 1)) {
            NDArray output = concat(cell.apply(before, last, pass, mixture), State::rectified);
            before = last;
            last = output;
        }
        List<State> nodes = mixed.get(mixed.size() - 1).apply(before, last, pass, mixture);
        return classifier.apply(Pooling.global(concat(nodes, State::value)), pass);
    }

    private static NDArray concat(List<State> nodes, Function<State, NDArray> form) {
        return Functional.concatChannels(nodes.stream().map(form).toList());
    }
}
