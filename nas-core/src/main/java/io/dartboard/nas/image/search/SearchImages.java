package io.dartboard.nas.image.search;

import io.dartboard.nas.image.data.CifarImages;
import io.dartboard.nas.image.data.Cutout;
import io.dartboard.nas.image.data.LabelledImages;
import io.dartboard.nas.image.data.PixelSet;
import io.dartboard.nas.image.data.Split;

/**
 * The two halves of a training set during a search; no test image is ever seen.
 *
 * @param train what the weights are trained on
 * @param valid what the alphas are trained on
 * @param digest of the set that they are parts of, hexadecimal, and what was made of its content
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
     * Splits a training set; both halves get training augmentation, as the authors have it.
     *
     * @throws IllegalArgumentException if it cannot be split
     */
    public static SearchImages of(PixelSet set, SearchConfig config) {
        Split split = Split.of(set.train(), set.classNames(), config.trainPortion());
        Cutout cutout = new Cutout(config.cutout());
        return new SearchImages(
                CifarImages.forTraining(split.train(), set.normalisation(), cutout),
                CifarImages.forTraining(split.valid(), set.normalisation(), cutout),
                split.known(set.data()));
    }
}
