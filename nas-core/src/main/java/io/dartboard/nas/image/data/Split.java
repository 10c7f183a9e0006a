package io.dartboard.nas.image.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The two parts of a training set: one trains the weights, the other is what the architecture, or the choice among
 * architectures, is judged by.
 *
 * <p>The DARTS authors split CIFAR-10 in index order, which is in a random order: the first part trains. So does this where
 * the order looks like a random one: each class has as many images in the first part as a draw would give it, within five
 * standard deviations, and at least one in both. Of a set that is sorted by class, the weights would learn some classes and
 * the alphas others; there, the first images of each class train.
 */
public final class Split {

    private static final double DEVIATIONS = 5;
    /** A part of one image has no batch statistics. */
    private static final int FEWEST = 2;

    private final PixelImages images;
    private final Parts parts;

    private Split(PixelImages images, Parts parts) {
        this.images = images;
        this.parts = parts;
    }

    /**
     * Which images are in which part.
     *
     * @param train indices, ascending
     * @param valid indices, ascending
     * @param stratified true if each class was split by itself
     */
    public record Parts(int[] train, int[] valid, boolean stratified) {}

    /**
     * Splits a training set.
     *
     * @param classNames the name of each class, for people
     * @param trainPortion the share of the first part
     * @throws IllegalArgumentException if the portion is not strictly between 0 and 1, a part would have fewer than two
     *     images, or a class cannot be in both
     */
    public static Split of(PixelImages images, List<String> classNames, double trainPortion) {
        return new Split(images, parts(images.labels(), classNames, trainPortion));
    }

    /** Splits by labels alone, as {@link #of}. */
    public static Parts parts(int[] labels, List<String> classNames, double trainPortion) {
        int train = trained(labels.length, trainPortion);
        int[] perClass = ClassCounts.of(Arrays.stream(labels), classNames.size());
        for (int c = 0; c < perClass.length; c++) {
            if (perClass[c] < 2) {
                throw new IllegalArgumentException(
                        "class %s has %d training %s, and each part of the split needs one of every class: give it at least 2, use more of the images, or leave the class out"
                                .formatted(classNames.get(c), perClass[c], perClass[c] == 1 ? "image" : "images"));
            }
        }
        int[] order = IntStream.range(0, labels.length).toArray();
        if (looksDrawn(ClassCounts.of(Arrays.stream(labels, 0, train), classNames.size()), perClass, trainPortion)) {
            return new Parts(Arrays.copyOf(order, train), Arrays.copyOfRange(order, train, order.length), false);
        }
        int[] quota = Arrays.stream(perClass)
                .map(count -> Math.min(count - 1, Math.max(1, (int) Math.floor(trainPortion * count))))
                .toArray();
        int[] taken = new int[quota.length];
        boolean[] trains = new boolean[order.length];
        for (int i : order) {
            trains[i] = taken[labels[i]]++ < quota[labels[i]];
        }
        return new Parts(
                Arrays.stream(order).filter(i -> trains[i]).toArray(),
                Arrays.stream(order).filter(i -> !trains[i]).toArray(),
                true);
    }

    /** Whether a random order would have put about as many images of each class into the first part. */
    private static boolean looksDrawn(int[] first, int[] all, double portion) {
        for (int c = 0; c < all.length; c++) {
            double spread = Math.sqrt(all[c] * portion * (1 - portion));
            if (first[c] < 1 || first[c] == all[c] || Math.abs(first[c] - portion * all[c]) > DEVIATIONS * spread + 1) {
                return false;
            }
        }
        return true;
    }

    /**
     * The number of images that train, of a set that is split in index order; one that is not has about as many.
     *
     * @throws IllegalArgumentException if the portion is not strictly between 0 and 1, or a part would have fewer than two
     *     images
     */
    public static int trained(int size, double trainPortion) {
        if (!(trainPortion > 0 && trainPortion < 1)) {
            throw new IllegalArgumentException(
                    "trainPortion must lie strictly between 0 and 1, so that both parts have images (was "
                            + trainPortion + ")");
        }
        int train = (int) Math.floor(trainPortion * size);
        if (train < FEWEST || size - train < FEWEST) {
            throw new IllegalArgumentException(
                    "%d training images are too few for two parts of at least %d, of which the first has a share of %s: %d are needed"
                            .formatted(size, FEWEST, trainPortion, fewest(trainPortion)));
        }
        return train;
    }

    private static long fewest(double portion) {
        long size = (long) Math.max(1, Math.max(FEWEST / portion, (FEWEST - 1) / (1 - portion)) - 1);
        while (Math.floor(portion * size) < FEWEST || size - Math.floor(portion * size) < FEWEST) {
            size++;
        }
        return size;
    }

    /** The images that train. */
    public PixelImages train() {
        return images.pick(parts.train());
    }

    /** The images that validate. */
    public PixelImages valid() {
        return images.pick(parts.valid());
    }

    /** What a snapshot knows the data by, where they are split so: a set split in index order is known by itself. */
    public String known(String data) {
        return parts.stratified() ? data + " stratified" : data;
    }
}
