package io.dartboard.nas.image.cost;

import io.dartboard.nas.cost.Cost;

/**
 * Cost of the auxiliary classifier: average pool of 5, 1×1 convolution to 128, 2×2 convolution to 768, linear. The
 * ImageNet head has no batch norm after its second convolution, as in the authors' network.
 */
final class AuxiliaryHeadCost {
    private static final int SQUEEZED = 128;
    private static final int FEATURES = 768;

    private AuxiliaryHeadCost() {}

    static Cost of(Stem stem, FeatureMap input, int classes) {
        int height = stem.pooled(input.height());
        int width = stem.pooled(input.width());
        if (!stem.fits(height) || !stem.fits(width)) {
            throw new IllegalArgumentException(
                    "the auxiliary head cannot pool a feature map of %d x %d: ".formatted(input.height(), input.width())
                            + "choose another image size or leave the head out");
        }
        Layers layers = new Layers(true);
        Cost cost = Layers.convolution(input.channels(), new FeatureMap(SQUEEZED, height, width), 1, 1, 1)
                .plus(layers.batchNorm(SQUEEZED))
                .plus(Layers.convolution(SQUEEZED, new FeatureMap(FEATURES, height - 1, width - 1), 2, 2, 1))
                .plus(Layers.linear(FEATURES, classes));
        return stem == Stem.CIFAR ? cost.plus(layers.batchNorm(FEATURES)) : cost;
    }
}
