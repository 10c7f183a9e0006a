package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.EdgeForm;
import io.dartboard.nas.image.ops.Assembly;
import io.dartboard.nas.image.ops.Linear;
import io.dartboard.nas.image.ops.Normalization;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.image.ops.ResidualBlock;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.Conv2d;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.Pooling;
import java.util.ArrayList;
import java.util.List;

/**
 * The continuous relaxation of every network of NAS-Bench-201: a stem, three stages of mixed cells with residual blocks
 * between them, BN, ReLU, global pooling, a classifier. A cell reads the output of the part before it as it is, and hands on
 * its last node.
 *
 * <p>Source: Dong and Yang, <i>NAS-Bench-201</i> (arXiv 2001.00326), section 2.1 and figure 1; which normalisations have
 * parameters, and that pooling has none, from the authors' code.
 */
public final class NasBench201Supernet implements RelaxedNetwork {
    private static final Conv2d STEM = Conv2d.square(1, 1);

    /** A cell or a residual block. */
    @FunctionalInterface
    private interface Part {
        /** Maps (N, C, H, W) to (N, C', H', W'). */
        NDArray apply(NDArray x, Pass pass, Mixture mixture);
    }

    private final NasBench201Space space;
    private final AlphaLayout alphas;
    private final int columns;
    private final ParameterLayout layout;
    private final int stemKernel;
    private final Normalization stemNormalization;
    private final List<Part> parts = new ArrayList<>();
    private final List<String> groupsOfCells = new ArrayList<>();
    private final AlphaLayout byCell;
    private final List<Part> partsByThemselves = new ArrayList<>(); // the same, each cell mixed by weights of its own
    private final Normalization lastNormalization;
    private final Linear classifier;
    private final int channels;
    private final int skipDropouts;

    /**
     * Puts a supernet together.
     *
     * @param shape whose reductions are the residual blocks
     * @param imageChannels channels of an image
     * @param grouping how many edges are convolved side by side
     * @param sharing which cells share their alphas
     * @param form what edges compute beside the mixture of their candidates
     * @param stage which candidates the edges have left
     * @throws IllegalArgumentException if there is no network of that many cells, or the channels cannot be cut as the form
     *     wants it
     */
    public NasBench201Supernet(
            NasBench201Space space,
            NetworkShape shape,
            int imageChannels,
            Grouping grouping,
            AlphaSharing sharing,
            EdgeForm form,
            SupernetStage stage) {
        space.require(shape);
        form.requireChannels(shape.channels());
        this.space = space;
        this.channels = shape.channels();
        this.alphas = form.alphas(sharing.layout(space, shape.cells()));
        EdgeMixture edges = EdgeMixture.of(space, form, stage);
        this.columns = edges.operations().size();
        Assembly assembly = Assembly.searchWithBarePooling();
        int last = shape.channels();
        stemKernel = assembly.kernel("stem.0.weight", last, imageChannels, 3, 3);
        stemNormalization = assembly.affineNormalization("stem.1", last);
        for (int place = 0; place < shape.cells(); place++) {
            String prefix = "cells.%d.".formatted(place);
            int channels = shape.channelsOf(place);
            if (shape.reducesAt(place)) {
                ResidualBlock block = ResidualBlock.of(assembly, prefix, last, channels);
                Part part = (x, pass, mixture) -> block.apply(x, pass);
                parts.add(part);
                partsByThemselves.add(part);
            } else {
                MixedCell cell = MixedCell.of(
                        assembly,
                        prefix,
                        space,
                        edges,
                        CellKind.NORMAL,
                        sharing.group(space, CellKind.NORMAL, place),
                        channels,
                        Bundle.of(
                                space,
                                CellKind.NORMAL,
                                edges.channels(channels),
                                shape.halvingsBefore(place),
                                grouping));
                parts.add(part(cell));
                partsByThemselves.add(part(cell.mixedBy(AlphaSharing.cell(groupsOfCells.size()))));
                groupsOfCells.add(cell.group());
            }
            last = channels;
        }
        byCell = AlphaSharing.ofEveryPlace(space, groupsOfCells.size());
        lastNormalization = assembly.affineNormalization("lastact.0", last);
        classifier = assembly.linear("classifier", shape.classes(), last);
        layout = assembly.weights();
        skipDropouts = assembly.skipDropouts();
    }

    private static Part part(MixedCell cell) {
        return (x, pass, mixture) -> output(cell.apply(List.of(x), pass, mixture));
    }

    private static NDArray output(List<State> nodes) {
        return nodes.get(nodes.size() - 1).value();
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
        return List.copyOf(groupsOfCells);
    }

    @Override
    public NasBench201Space space() {
        return space;
    }

    @Override
    public ParameterLayout layout() {
        return layout;
    }

    @Override
    public NDArray logits(NDArray images, NDArray weights, Pass pass) {
        boolean shared = weights.size() != byCell.size();
        Mixture mixture = new Mixture(space, columns, shared ? alphas : byCell, weights, pass);
        NDArray x = stemNormalization.apply(STEM.apply(images, pass.weight(stemKernel)), pass); // (N, C, H, W)
        for (Part part : shared ? parts : partsByThemselves) {
            x = part.apply(x, pass, mixture);
        }
        NDArray features = Functional.relu(lastNormalization.apply(x, pass));
        return classifier.apply(Pooling.global(features), pass);
    }
}
