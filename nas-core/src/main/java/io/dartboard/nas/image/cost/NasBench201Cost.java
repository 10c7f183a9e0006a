package io.dartboard.nas.image.cost;

import io.dartboard.nas.cost.Cost;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.searchspace.Primitive;
import java.util.List;
import java.util.function.Function;

/**
 * Cost of the networks of NAS-Bench-201 (Dong and Yang, arXiv 2001.00326): of the one that a cell builds, with all operations
 * that it names, also those that nobody reads; and of the supernet.
 */
final class NasBench201Cost {
    private static final int IMAGE_CHANNELS = 3;
    private static final NasBench201Space SPACE = NasBench201Space.PUBLISHED;
    /** The skeleton's normalisations have weights in the supernet, too. */
    private static final Layers SKELETON = new Layers(true);

    private NasBench201Cost() {}

    static Cost of(NasBench201Genotype genotype, NetworkShape asked, ImageSize image) {
        return of(genotype.stacked(asked), image, new Layers(true), edge -> List.of(genotype.on(edge)));
    }

    static Cost ofSupernet(NetworkShape shape, ImageSize image) {
        return of(SPACE.require(shape), image, new Layers(false), edge -> SPACE.candidates());
    }

    private static Cost of(
            NetworkShape shape, ImageSize image, Layers inCells, Function<Edge, List<Primitive>> operations) {
        FeatureMap last = FeatureMap.image(shape.channels(), image);
        Cost total = normalized(IMAGE_CHANNELS, last);
        for (int place = 0; place < shape.cells(); place++) {
            if (shape.reducesAt(place)) {
                FeatureMap half = last.through(shape.channelsOf(place), 2);
                total = total.plus(normalized(last.channels(), half))
                        .plus(normalized(half.channels(), half))
                        .plus(Layers.convolution(last.channels(), half, 1, 1, 1));
                last = half;
            } else {
                for (Edge edge : SPACE.cell().edges()) {
                    for (Primitive operation : operations.apply(edge)) {
                        total = total.plus(CountedOperation.of(operation).cost(last, 1, inCells));
                    }
                }
            }
        }
        return total.plus(SKELETON.batchNorm(last.channels())).plus(Layers.linear(last.channels(), shape.classes()));
    }

    /** A 3x3 convolution that yields a feature map, and its normalisation. */
    private static Cost normalized(int inputs, FeatureMap output) {
        return Layers.convolution(inputs, output, 3, 3, 1).plus(SKELETON.batchNorm(output.channels()));
    }
}
