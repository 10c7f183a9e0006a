package io.dartboard.nas.data;

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
     * A class-balanced subset: from each class its first images in index order, {@code count / classes} of them and one
     * more from the first {@code count % classes} classes. Where a class is too small, the first images not yet taken
     * fill the gap. The subset keeps index order, so the first half of it is a subset of the same kind.
     *
     * @throws IllegalArgumentException if {@code count} is not in {@code [1, size]}
     */
    public PixelImages subset(int count) {
        if (count < 1 || count > size()) {
            throw new IllegalArgumentException(
                    "a subset must have between 1 and " + size() + " images, as many as the set has (was " + count + ")");
        }
        boolean[] taken = new boolean[size()];
        int[] perClass = new int[classes];
        int left = count;
        for (int i = 0; i < size(); i++) {
            int quota = count / classes + (labels[i] < count % classes ? 1 : 0);
            if (perClass[labels[i]] < quota) {
                perClass[labels[i]]++;
                taken[i] = true;
                left--;
            }
        }
        for (int i = 0; left > 0; i++) {
            if (!taken[i]) {
                taken[i] = true;
                left--;
            }
        }
        int[] chosen = new int[count];
        int next = 0;
        for (int i = 0; i < size(); i++) {
            if (taken[i]) {
                chosen[next++] = i;
            }
        }
        return pick(chosen);
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
