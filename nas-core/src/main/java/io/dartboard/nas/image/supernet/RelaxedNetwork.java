package io.dartboard.nas.image.supernet;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.EdgeForm;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.ConvolutionalSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.ParameterLayout;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The continuous relaxation of every network of a space. It is a description; weights and mixing weights come with each pass.
 * Statistics are always the batch's.
 */
public interface RelaxedNetwork {
    /** Where the weights of a cell lie. */
    Pattern CELL = Pattern.compile("cells\\.\\d+\\.");

    /**
     * That of a space.
     *
     * @param imageChannels channels of an image
     * @param grouping how many edges are convolved side by side
     * @param sharing which cells share their alphas
     * @param form what edges compute beside the mixture of their candidates
     * @param stage which candidates the edges have left
     * @throws IllegalArgumentException if there is none of that shape, or of those alphas; the message says why
     */
    static RelaxedNetwork of(
            ConvolutionalSpace space,
            NetworkShape shape,
            int imageChannels,
            Grouping grouping,
            AlphaSharing sharing,
            EdgeForm form,
            SupernetStage stage) {
        return space instanceof CnnSpace cells
                ? new Supernet(cells, shape, imageChannels, grouping, sharing, form, stage)
                : new NasBench201Supernet(
                        (NasBench201Space) space, shape, imageChannels, grouping, sharing, form, stage);
    }

    /** The space it relaxes. */
    ConvolutionalSpace space();

    /** Where each weight lies. */
    ParameterLayout layout();

    /**
     * What the names of each candidate's weights begin with: one of every cell, edge and candidate that has weights, but for
     * skip connections. In the order of the weights.
     */
    default List<String> operations() {
        Set<String> prefixes = new LinkedHashSet<>();
        for (ParameterLayout.Leaf leaf : layout().leaves()) {
            Matcher cell = CELL.matcher(leaf.name());
            if (cell.lookingAt()) {
                space().cell().edges().stream()
                        .flatMap(edge -> IntStream.range(0, space().candidateCount())
                                .filter(candidate -> candidate != space().skip().orElse(-1))
                                .mapToObj(candidate ->
                                        "%s%s%d.".formatted(cell.group(), space().prefix(edge), candidate)))
                        .filter(leaf.name()::startsWith)
                        .forEach(prefixes::add);
            }
        }
        return List.copyOf(prefixes);
    }

    /** Channels of a state of the first cell; where these double, the resolution is halved. */
    int channels();

    /** On how many edges a part of the skip connection is dropped out in training. */
    default int skipDropouts() {
        return 0;
    }

    /** For each cell the group of alphas that mixes it; empty for one that takes no mixing weights of single cells. */
    default List<String> groupsOfCells() {
        return List.of();
    }

    /**
     * One pass.
     *
     * @param images (N, channels, H, W); H and W must halve evenly twice
     * @param mixture what it mixes by, as {@link io.dartboard.nas.bilevel.Mixing} lays it out; or the mixing weights of each
     *     cell by itself
     * @return logits (N, classes)
     */
    NDArray logits(NDArray images, NDArray mixture, Pass pass);
}
