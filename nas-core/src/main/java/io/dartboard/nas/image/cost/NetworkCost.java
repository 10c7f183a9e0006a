package io.dartboard.nas.image.cost;

import io.dartboard.nas.cost.Cost;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.genotype.ConvolutionalArchitecture;
import io.dartboard.nas.genotype.Gene;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.genotype.StackedCells;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.NetworkShape;

/**
 * Cost of the discrete network that a genotype builds. The auxiliary head is counted apart, because it is dropped after
 * training and published counts leave it out.
 *
 * <p>Source: DARTS (arXiv 1806.09055), sections 3.2 and 3.3, and the authors' networks.
 */
public final class NetworkCost {
    private static final int IMAGE_CHANNELS = 3;

    private static final Layers LAYERS = new Layers(true);

    /** The two states a cell reads, and what it has cost so far. */
    private record Progress(FeatureMap before, FeatureMap last, boolean afterReduction, Cost cost) {}

    private NetworkCost() {}

    /**
     * Counts a network without its auxiliary head.
     *
     * @throws IllegalArgumentException if the cells make no network of that depth, or the image does not halve evenly as often as the network needs
     */
    public static Cost of(Stem stem, ConvolutionalArchitecture genotype, NetworkShape asked, ImageSize image) {
        if (genotype instanceof NasBench201Genotype cell) {
            stem.require(NasBench201Space.PUBLISHED, false);
            return NasBench201Cost.of(cell, asked, image);
        }
        StackedCells stacked = (StackedCells) genotype;
        NetworkShape shape = stacked.stacked(asked);
        Progress end = cells(stem, stacked, shape, image, shape.cells());
        return end.cost().plus(Layers.linear(end.last().channels(), shape.classes()));
    }

    /**
     * Counts the auxiliary head of a network.
     *
     * @throws IllegalArgumentException if the cells make no network of that depth, or the image has a size at which the head cannot be built
     */
    public static Cost auxiliaryHead(
            Stem stem, ConvolutionalArchitecture genotype, NetworkShape asked, ImageSize image) {
        if (!(genotype instanceof StackedCells stacked)) {
            stem.require(NasBench201Space.PUBLISHED, true);
            return Cost.ZERO;
        }
        NetworkShape shape = stacked.stacked(asked);
        FeatureMap input =
                cells(stem, stacked, shape, image, shape.auxiliaryCell() + 1).last();
        return AuxiliaryHeadCost.of(stem, input, shape.classes());
    }

    private static Progress cells(Stem stem, StackedCells genotype, NetworkShape shape, ImageSize image, int count) {
        Progress progress =
                switch (stem) {
                    case CIFAR -> cifarStem(shape, image);
                    case IMAGENET -> imagenetStem(shape, image);
                };
        for (int cell = 0; cell < count; cell++) {
            progress = cell(progress, genotype.cell(shape, cell), shape.channelsOf(cell), shape.reducesAt(cell));
        }
        return progress;
    }

    private static Progress cifarStem(NetworkShape shape, ImageSize image) {
        FeatureMap stem = FeatureMap.image(shape.stemChannels(), image);
        return new Progress(stem, stem, false, stemConvolution(IMAGE_CHANNELS, stem));
    }

    private static Progress imagenetStem(NetworkShape shape, ImageSize image) {
        int channels = shape.channels();
        FeatureMap half = FeatureMap.image(IMAGE_CHANNELS, image).through(channels / 2, 2);
        FeatureMap quarter = half.through(channels, 2);
        FeatureMap eighth = quarter.through(channels, 2);
        Cost cost = stemConvolution(IMAGE_CHANNELS, half)
                .plus(stemConvolution(half.channels(), quarter))
                .plus(stemConvolution(channels, eighth));
        return new Progress(quarter, eighth, true, cost);
    }

    private static Cost stemConvolution(int inputs, FeatureMap output) {
        return Layers.convolution(inputs, output, 3, 3, 1).plus(LAYERS.batchNorm(output.channels()));
    }

    private static Progress cell(Progress progress, CellGenotype genotype, int channels, boolean reduces) {
        FeatureMap input = progress.last().withChannels(channels);
        int stride = reduces ? 2 : 1;
        FeatureMap node = input.through(channels, stride);
        Cost cost = progress.cost()
                .plus(
                        progress.afterReduction()
                                ? LAYERS.factorizedReduce(progress.before(), channels)
                                : LAYERS.reluConvBatchNorm(progress.before(), channels))
                .plus(LAYERS.reluConvBatchNorm(progress.last(), channels));
        for (Gene gene : genotype.genes()) {
            boolean fromInput = gene.from() < CellGenotype.INPUTS;
            cost = cost.plus(
                    CountedOperation.of(gene.op()).cost(fromInput ? input : node, fromInput ? stride : 1, LAYERS));
        }
        FeatureMap output = node.withChannels(genotype.concat().size() * channels);
        return new Progress(progress.last(), output, reduces, cost);
    }
}
