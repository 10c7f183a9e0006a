package io.dartboard.nas.image.cost;

import io.dartboard.nas.cost.Cost;

/**
 * Cost of the auxiliary classifier: average pool of 5, 1×1 convolution to 128, 2×2 convolution to 768, linear. The
 * ImageNet head has no batch norm after its second convolution, as in the authors' network.
 */
final class AuxiliaryHeadCost {
    private static final int POOL = 5;
    private static final int POOLED = 2;
    private static final int SQUEEZED = 128;
    private static final int FEATURES = 768;

    private AuxiliaryHeadCost() {}

    static Cost of(Stem stem, FeatureMap input, int classes) {
        int stride = stem.poolStride();
        if (pooled(input.height(), stride) != POOLED || pooled(input.width(), stride) != POOLED) {
            throw new IllegalArgumentException(
                    "the auxiliary head pools its input to 2 x 2, which a feature map of %d x %d does not allow: "
                                    .formatted(input.height(), input.width())
                            + "choose another image size or leave the head out");
        }
        Layers layers = new Layers(true);
        Cost cost = Layers.convolution(input.channels(), new FeatureMap(SQUEEZED, POOLED, POOLED), 1, 1, 1)
                .plus(layers.batchNorm(SQUEEZED))
                .plus(Layers.convolution(SQUEEZED, new FeatureMap(FEATURES, 1, 1), 2, 2, 1))
                .plus(Layers.linear(FEATURES, classes));
        return stem == Stem.CIFAR ? cost.plus(layers.batchNorm(FEATURES)) : cost;
    }

    private static int pooled(int size, int stride) {
        return size < POOL ? 0 : (size - POOL) / stride + 1;
    }
}
