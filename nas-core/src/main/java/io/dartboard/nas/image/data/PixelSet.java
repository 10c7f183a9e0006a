package io.dartboard.nas.image.data;

import java.util.List;

/**
 * A labelled set of square images, as a search and a retraining use it.
 *
 * @param train the training images
 * @param test the test images, which no search sees
 * @param classNames the name of each class
 * @param data by what a snapshot knows the set again: the digest of its content, and what was made of that
 * @param normalisation what its pixels are normalised with
 */
public record PixelSet(
        PixelImages train, PixelImages test, List<String> classNames, String data, Normalisation normalisation) {

    /** Says "all training images" where a number of images is asked for. */
    public static final int ALL = 0;

    public PixelSet {
        classNames = List.copyOf(classNames);
    }

    /**
     * The same with fewer training images: a class-balanced subset, the first images of each class.
     *
     * @param images how many, or {@link #ALL}
     * @throws IllegalArgumentException if there are not so many
     */
    public PixelSet limitedTo(int images) {
        return images == ALL ? this : new PixelSet(train.subset(images), test, classNames, data, normalisation);
    }

    /** The same at another size, in memory. */
    public PixelSet resized(int side) {
        return side == train.side()
                ? this
                : new PixelSet(
                        train.resized(side),
                        test.resized(side),
                        classNames,
                        "%s at %d pixels".formatted(data, side),
                        normalisation);
    }

    /** The same with its pixels normalised otherwise. */
    public PixelSet normalisedBy(Normalisation other) {
        return other.equals(normalisation)
                ? this
                : new PixelSet(
                        train,
                        test,
                        classNames,
                        "%s by mean %s deviation %s".formatted(data, other.mean(), other.deviation()),
                        other);
    }
}
