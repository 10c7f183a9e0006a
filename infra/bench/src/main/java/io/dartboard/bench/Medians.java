package io.dartboard.bench;

import java.util.List;

/** Medians, which a neighbour's burst of work does not move. */
public final class Medians {
    private Medians() {}

    /** The median of at least one figure. */
    public static double of(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** How many times as large the median of the first figures is as that of the second. */
    static double ratio(List<Double> first, List<Double> second) {
        return of(first) / of(second);
    }
}
