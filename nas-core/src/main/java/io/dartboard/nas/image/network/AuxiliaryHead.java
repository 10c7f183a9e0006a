package io.dartboard.nas.image.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.ops.Assembly;
import io.dartboard.nas.image.ops.Linear;
import io.dartboard.nas.image.ops.Normalization;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.tensor.Conv2d;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Pooling;
import io.dartboard.nas.tensor.Torch;
import java.util.Optional;

/**
 * A second classifier on the output of the second reduction, for training only: ReLU, 5 × 5 average pooling, a 1 × 1
 * convolution to 128, a 2 × 2 convolution to 768, the mean over the positions, a linear layer. At the sizes that the DARTS
 * authors train, pooling leaves 2 × 2, the second convolution one position, and there is no mean to take. On ImageNet the
 * second convolution has no BN; the authors keep it so for consistency with their paper.
 */
final class AuxiliaryHead {

    private static final int POOL = 5;
    private static final int SQUEEZED = 128;
    private static final int FEATURES = 768;

    private final int poolStride;
    private final int squeeze;
    private final Normalization squeezeNormalization;
    private final int widen;
    private final Optional<Normalization> widenNormalization;
    private final Linear classifier;

    private AuxiliaryHead(
            int poolStride,
            int squeeze,
            Normalization squeezeNormalization,
            int widen,
            Optional<Normalization> widenNormalization,
            Linear classifier) {
        this.poolStride = poolStride;
        this.squeeze = squeeze;
        this.squeezeNormalization = squeezeNormalization;
        this.widen = widen;
        this.widenNormalization = widenNormalization;
        this.classifier = classifier;
    }

    static AuxiliaryHead of(Assembly assembly, Stem stem, int channels, int classes) {
        String prefix = "auxiliary_head.";
        return new AuxiliaryHead(
                stem.poolStride(),
                assembly.kernel(prefix + "features.2.weight", SQUEEZED, channels, 1, 1),
                assembly.affineNormalization(prefix + "features.3", SQUEEZED),
                assembly.kernel(prefix + "features.5.weight", FEATURES, SQUEEZED, 2, 2),
                stem == Stem.CIFAR
                        ? Optional.of(assembly.affineNormalization(prefix + "features.6", FEATURES))
                        : Optional.empty(),
                assembly.linear(prefix + "classifier", classes, FEATURES));
    }

    /** Maps the rectified cell output (N, C, H, W), which stays open, to logits (N, classes). */
    NDArray apply(NDArray rectified, Pass pass) {
        NDArray pooled = pass.averagePool(rectified, POOL, poolStride, 0); // (N, C, P, P)
        NDArray narrow =
                Torch.consume(pooled, x -> Conv2d.pointwise().apply(x, pass.weight(squeeze))); // (N, 128, P, P)
        narrow = Torch.consume(narrow, x -> squeezeNormalization.apply(x, pass));
        narrow = Torch.consume(narrow, Functional::relu);
        NDArray convolved =
                Torch.consume(narrow, x -> Conv2d.square(1, 0).apply(x, pass.weight(widen))); // (N, 768, P-1, P-1)
        NDArray normalized = widenNormalization
                .map(last -> Torch.consume(convolved, x -> last.apply(x, pass)))
                .orElse(convolved);
        NDArray features = Torch.consume(normalized, Functional::relu);
        features = Torch.consume(features, AuxiliaryHead::mean); // (N, 768)
        return Torch.consume(features, x -> classifier.apply(x, pass));
    }

    private static NDArray mean(NDArray features) {
        return features.getShape().get(2) * features.getShape().get(3) == 1
                ? features.reshape(new Shape(-1, FEATURES))
                : Pooling.global(features);
    }
}
