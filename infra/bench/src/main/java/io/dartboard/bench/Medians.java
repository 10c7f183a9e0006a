package io.dartboard.bench;

import java.util.List;
import java.util.stream.IntStream;

/** Medians, which a neighbour's burst of work does not move. */
final class Medians {
    private Medians() {}

    /** The median of at least one figure. */
    static double of(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The median of how many times as large the first figures are as the second, round by round. */
    static double ratio(List<Double> first, List<Double> second) {
        return of(IntStream.range(0, first.size())
                .mapToObj(i -> first.get(i) / second.get(i))
                .toList());
    }
}
