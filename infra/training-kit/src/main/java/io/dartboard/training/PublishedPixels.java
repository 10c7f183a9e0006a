package io.dartboard.training;

import io.dartboard.events.DatasetPublished;
import io.dartboard.nas.image.data.ImageSide;
import io.dartboard.nas.image.data.Normalisation;

/** What is known of the pixels of a dataset of images from the event that tells of it. */
public final class PublishedPixels {
    private PublishedPixels() {}

    /** The side of the dataset's images in pixels; 32 where they differ in size, and in events of before sizes were told. */
    public static int ownSide(DatasetPublished dataset) {
        return dataset.getHeight() == dataset.getWidth() && ImageSide.isPossible(dataset.getHeight())
                ? dataset.getHeight()
                : ImageSide.CIFAR;
    }

    /**
     * The side in pixels to which a search or a retraining brings the images.
     *
     * @param resolution as it is asked for; 0 for the dataset's own
     * @throws IllegalArgumentException with one line, if there cannot be such images
     */
    public static int side(DatasetPublished dataset, int resolution) {
        if (resolution == 0) {
            return ownSide(dataset);
        }
        ImageSide.require("resolution", resolution);
        return resolution;
    }

    /** What the pixels are normalised by: the dataset's figures, or the authors' of CIFAR-10 where it tells none. */
    public static Normalisation normalisation(DatasetPublished dataset) {
        return dataset.getMean().isEmpty()
                ? Normalisation.CIFAR10
                : new Normalisation(dataset.getMean(), dataset.getDeviation());
    }
}
