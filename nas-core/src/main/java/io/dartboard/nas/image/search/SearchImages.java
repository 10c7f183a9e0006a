package io.dartboard.nas.image.search;

import io.dartboard.nas.image.data.CifarImages;
import io.dartboard.nas.image.data.Cutout;
import io.dartboard.nas.image.data.LabelledImages;
import io.dartboard.nas.image.data.PixelImages;
import io.dartboard.nas.image.data.Split;

/**
 * The two halves of a training set during a search; no test image is ever seen.
 *
 * @param train what the weights are trained on
 * @param valid what the alphas are trained on
 * @param digest of the set that they are parts of, hexadecimal
 */
public record SearchImages(LabelledImages train, LabelledImages valid, String digest) {
    public SearchImages {
        if (train.classes() != valid.classes()
                || train.channels() != valid.channels()
                || train.height() != valid.height()
                || train.width() != valid.width()) {
            throw new IllegalArgumentException("training and validation images must have the same classes and shape");
        }
        if (valid.size() < 2) {
            throw new IllegalArgumentException(
                    "a search needs at least 2 validation images (had %d)".formatted(valid.size()));
        }
    }

    /**
     * Splits a CIFAR training set in index order; both halves get training augmentation, as the authors have it.
     *
     * @param digest of the set that the images are from
     */
    public static SearchImages of(PixelImages trainingSet, String digest, SearchConfig config) {
        Split split = Split.of(trainingSet.size(), config.trainPortion());
        Cutout cutout = new Cutout(config.cutout());
        return new SearchImages(
                CifarImages.forTraining(split.trainOf(trainingSet), cutout),
                CifarImages.forTraining(split.validOf(trainingSet), cutout),
                digest);
    }
}
