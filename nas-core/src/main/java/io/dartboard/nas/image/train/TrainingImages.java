package io.dartboard.nas.image.train;

import io.dartboard.nas.image.data.CifarImages;
import io.dartboard.nas.image.data.CorruptImages;
import io.dartboard.nas.image.data.Cutout;
import io.dartboard.nas.image.data.ImageFolder;
import io.dartboard.nas.image.data.LabelledImages;
import io.dartboard.nas.image.data.PhotoImages;
import io.dartboard.nas.image.data.PixelSet;
import io.dartboard.nas.image.data.Split;
import java.util.Optional;

/**
 * What a network is trained on and what it is judged by.
 *
 * @param train augmented training images
 * @param heldOut images the network never trains on, as they are
 * @param test images that the trained network is judged by once, at the end; empty where the held-out ones are the test set, or
 *     it stays untouched
 */
public record TrainingImages(LabelledImages train, LabelledImages heldOut, Optional<LabelledImages> test) {

    /** Says "all training images" where a number of images is asked for. */
    public static final int ALL = PixelSet.ALL;

    /** Without a test set beside. */
    public TrainingImages(LabelledImages train, LabelledImages heldOut) {
        this(train, heldOut, Optional.empty());
    }

    public TrainingImages {
        if (train.classes() != heldOut.classes()
                || train.height() != heldOut.height()
                || train.width() != heldOut.width()
                || train.channels() != heldOut.channels()) {
            throw new IllegalArgumentException(
                    "training and held-out images must agree in classes, channels and size (were " + describe(train)
                            + " and " + describe(heldOut) + ")");
        }
    }

    /**
     * For choosing among cells: the half that trained the weights of the search trains, the half that trained its alphas
     * judges; the test set stays untouched.
     */
    public static TrainingImages selection(PixelSet set, Split split, int cutoutLength) {
        return new TrainingImages(
                CifarImages.forTraining(split.train(), set.normalisation(), new Cutout(cutoutLength)),
                CifarImages.forTesting(split.valid(), set.normalisation()));
    }

    /** For comparing cells: the second part of a split judges after each epoch, and the test set once, at the end. */
    public static TrainingImages compared(PixelSet set, Split split, int cutoutLength) {
        TrainingImages images = selection(set, split, cutoutLength);
        return new TrainingImages(
                images.train, images.heldOut, Optional.of(CifarImages.forTesting(set.test(), set.normalisation())));
    }

    /** For the full training: the whole training set trains, the test set judges. */
    public static TrainingImages full(PixelSet set, int cutoutLength) {
        return new TrainingImages(
                CifarImages.forTraining(set.train(), set.normalisation(), new Cutout(cutoutLength)),
                CifarImages.forTesting(set.test(), set.normalisation()));
    }

    /**
     * For transfer: the folder's training photographs train, its validation photographs judge.
     *
     * @param images the number of training photographs to use, a class-balanced subset, or {@link #ALL}
     * @param resolution the side of the square that the network sees in pixels
     * @param corrupt where the photographs are noted that cannot be used
     */
    public static TrainingImages transfer(ImageFolder folder, int images, int resolution, CorruptImages corrupt) {
        ImageFolder used = images == ALL ? folder : folder.withTrainSubset(images);
        return new TrainingImages(
                PhotoImages.forTraining(used, resolution, corrupt), PhotoImages.forTesting(used, resolution, corrupt));
    }

    private static String describe(LabelledImages images) {
        return images.classes() + " classes, " + images.channels() + " x " + images.height() + " x " + images.width();
    }
}
