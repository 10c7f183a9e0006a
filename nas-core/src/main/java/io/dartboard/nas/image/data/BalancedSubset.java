package io.dartboard.nas.image.data;

/**
 * Chooses a class-balanced subset: from each class its first images in index order, {@code count / classes} of them and
 * one more from the first {@code count % classes} classes. Where a class is too small, the first images not yet taken
 * fill the gap. The subset keeps index order, so that of an evenly mixed set its first half is balanced as well.
 */
final class BalancedSubset {

    private BalancedSubset() {}

    /**
     * The indices of the subset, ascending.
     *
     * @throws IllegalArgumentException if {@code count} is not in {@code [1, labels.length]}
     */
    static int[] of(int[] labels, int classes, int count) {
        if (count < 1 || count > labels.length) {
            throw new IllegalArgumentException("a subset must have between 1 and " + labels.length
                    + " images, as many as the set has (was " + count + ")");
        }
        boolean[] taken = new boolean[labels.length];
        int[] perClass = new int[classes];
        int left = count;
        for (int i = 0; i < labels.length; i++) {
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
        for (int i = 0; i < labels.length; i++) {
            if (taken[i]) {
                chosen[next++] = i;
            }
        }
        return chosen;
    }
}
