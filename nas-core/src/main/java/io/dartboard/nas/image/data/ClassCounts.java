package io.dartboard.nas.image.data;

import java.util.stream.IntStream;

/** How many examples each class has. */
public final class ClassCounts {

    private ClassCounts() {}

    /** By class, of examples that have these labels. */
    public static int[] of(IntStream labels, int classes) {
        int[] counts = new int[classes];
        labels.forEach(label -> counts[label]++);
        return counts;
    }
}
