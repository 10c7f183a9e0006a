package io.dartboard.nas.image.cost;

import io.dartboard.nas.cost.Cost;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.ConvolutionalSpace;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.searchspace.Primitive;

/**
 * Cost of the continuous network in which a convolutional space is searched: every candidate on every edge. Alphas are
 * not among its parameters.
 *
 * <p>Source: DARTS (arXiv 1806.09055), sections 2.2 and 3.1.
 */
public final class SupernetCost {
    private static final int IMAGE_CHANNELS = 3;

    private SupernetCost() {}

    /**
     * Counts a supernet.
     *
     * @throws IllegalArgumentException if there is no network of so many cells, or the image does not halve evenly as often as
     *     it needs
     */
    public static Cost of(ConvolutionalSpace space, NetworkShape shape, ImageSize image) {
        space.requireCells(shape.cells());
        return space instanceof CnnSpace cells ? of(cells, shape, image) : NasBench201Cost.ofSupernet(shape, image);
    }

    private static Cost of(CnnSpace space, NetworkShape shape, ImageSize image) {
        Layers layers = new Layers(false);
        FeatureMap stem = FeatureMap.image(shape.stemChannels(), image);
        Cost total = Layers.convolution(IMAGE_CHANNELS, stem, 3, 3, 1)
                // The stem's batch norm is the only one with weights.
                .plus(new Layers(true).batchNorm(stem.channels()));
        FeatureMap before = stem;
        FeatureMap last = stem;
        for (int cell = 0; cell < shape.cells(); cell++) {
            int channels = shape.channelsOf(cell);
            int stride = shape.reducesAt(cell) ? 2 : 1;
            boolean afterReduction = cell > 0 && shape.reducesAt(cell - 1);
            total = total.plus(
                            afterReduction
                                    ? layers.factorizedReduce(before, channels)
                                    : layers.reluConvBatchNorm(before, channels))
                    .plus(layers.reluConvBatchNorm(last, channels));
            FeatureMap input = last.withChannels(channels);
            FeatureMap node = input.through(channels, stride);
            for (Edge edge : space.cell().edges()) {
                boolean fromInput = edge.from() < space.cell().inputs();
                for (Primitive candidate : space.candidates()) {
                    total = total.plus(CountedOperation.of(candidate)
                            .cost(fromInput ? input : node, fromInput ? stride : 1, layers));
                }
            }
            before = last;
            last = node.withChannels(space.cell().nodes() * channels);
        }
        return total.plus(Layers.linear(last.channels(), shape.classes()));
    }
}
