package io.dartboard.nas.derive;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Mixing weights by which a cell has no more than so many skip connections. As long as it has more, the weakest of them loses its
 * weight; of equal ones that of the earlier edge. A skip connection stays where its edge has nothing else left.
 *
 * <p>Source: Chen et al. (P-DARTS, arXiv 1904.12760); {@code delete_min_sk_prob} of the authors' code.
 *
 * @param skip column of the skip connection
 * @param most skip connections that a cell may have
 */
record SkipRestriction(int skip, int most) {
    /**
     * Takes weights from skip connections.
     *
     * @param weights (edges, candidates), changed
     * @param reading the edges on which the cell of such weights has a skip connection
     */
    void on(double[][] weights, Function<double[][], List<Integer>> reading) {
        Optional<Integer> weakest = weakest(weights, reading.apply(weights));
        while (weakest.isPresent()) {
            weights[weakest.get()][skip] = 0;
            weakest = weakest(weights, reading.apply(weights));
        }
    }

    private Optional<Integer> weakest(double[][] weights, List<Integer> skipping) {
        return skipping.size() <= most
                ? Optional.empty()
                : skipping.stream()
                        .filter(edge -> hasAnother(weights[edge]))
                        .min(Comparator.<Integer>comparingDouble(edge -> weights[edge][skip])
                                .thenComparing(Comparator.naturalOrder()));
    }

    private boolean hasAnother(double[] weights) {
        return IntStream.range(0, weights.length).anyMatch(candidate -> candidate != skip && weights[candidate] > 0);
    }
}
