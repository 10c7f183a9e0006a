package io.dartboard.nas.image.data;

import java.util.ArrayList;
import java.util.List;

/** Small 8-bit RGB images held in memory, each (3, side, side) in planes, as the CIFAR binary layout has them. Immutable. */
public final class PixelImages {

    /** The side of a CIFAR image in pixels. */
    public static final int SIDE = 32;

    static final int CHANNELS = 3;
    static final int BYTES = CHANNELS * SIDE * SIDE;

    private final List<byte[]> pixels;
    private final int[] labels;
    private final int classes;

    PixelImages(List<byte[]> pixels, int[] labels, int classes) {
        this.pixels = List.copyOf(pixels);
        this.labels = labels.clone();
        this.classes = classes;
    }

    public int size() {
        return labels.length;
    }

    public int classes() {
        return classes;
    }

    public int label(int index) {
        return labels[index];
    }

    /** The planes of one image; callers within the package read and never write. */
    byte[] pixels(int index) {
        return pixels.get(index);
    }

    /**
     * A class-balanced subset in index order: the first images of each class.
     *
     * @throws IllegalArgumentException if {@code count} is not in {@code [1, size]}
     */
    public PixelImages subset(int count) {
        return pick(BalancedSubset.of(labels, classes, count));
    }

    /** The images {@code [from, to)} in index order. */
    public PixelImages slice(int from, int to) {
        int[] chosen = new int[to - from];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = from + i;
        }
        return pick(chosen);
    }

    private PixelImages pick(int[] chosen) {
        List<byte[]> picked = new ArrayList<>(chosen.length);
        int[] pickedLabels = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            picked.add(pixels.get(chosen[i]));
            pickedLabels[i] = labels[chosen[i]];
        }
        return new PixelImages(picked, pickedLabels, classes);
    }
}
