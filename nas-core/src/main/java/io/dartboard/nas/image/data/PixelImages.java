package io.dartboard.nas.image.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Labelled square 8-bit RGB images, each (3, side, side) in planes, as the CIFAR binary layout has them. Immutable. */
public final class PixelImages {

    private final Pixels pixels;
    private final int[] places;
    private final int[] labels;
    private final int classes;

    /** Images in memory. */
    PixelImages(int side, List<byte[]> pixels, int[] labels, int classes) {
        this(new Pixels.Held(side, pixels), 0, labels, classes);
    }

    /**
     * Images that lie next to each other.
     *
     * @param first where the first of them lies among the pixels
     */
    PixelImages(Pixels pixels, int first, int[] labels, int classes) {
        this(pixels, IntStream.range(first, first + labels.length).toArray(), labels.clone(), classes);
    }

    private PixelImages(Pixels pixels, int[] places, int[] labels, int classes) {
        this.pixels = pixels;
        this.places = places;
        this.labels = labels;
        this.classes = classes;
    }

    public int size() {
        return labels.length;
    }

    public int classes() {
        return classes;
    }

    /** Height and width of each image in pixels. */
    public int side() {
        return pixels.side();
    }

    public int label(int index) {
        return labels[index];
    }

    /** The label of each image. */
    public int[] labels() {
        return labels.clone();
    }

    /** How many images each class has. */
    public int[] perClass() {
        return ClassCounts.of(Arrays.stream(labels), classes);
    }

    /** The planes of one image; callers within the package read and never write. */
    byte[] pixels(int index) {
        return pixels.planes(places[index]);
    }

    /**
     * A class-balanced subset in index order: the first images of each class.
     *
     * @throws IllegalArgumentException if {@code count} is not in {@code [1, size]}
     */
    public PixelImages subset(int count) {
        return pick(BalancedSubset.of(labels, classes, count));
    }

    /** The images at these indices, in their order. */
    PixelImages pick(int[] chosen) {
        return new PixelImages(
                pixels,
                Arrays.stream(chosen).map(i -> places[i]).toArray(),
                Arrays.stream(chosen).map(i -> labels[i]).toArray(),
                classes);
    }

    /** The same images at another size, in memory. */
    PixelImages resized(int side) {
        int from = side();
        RgbImage.Box whole = new RgbImage.Box(0, 0, from, from);
        List<byte[]> smaller = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            smaller.add(new RgbImage(whole, pixels(i)).squared(whole, side));
        }
        return new PixelImages(side, smaller, labels, classes);
    }
}
