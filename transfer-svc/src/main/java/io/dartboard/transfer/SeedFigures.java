package io.dartboard.transfer;

import java.util.List;

/**
 * What a cell has with each seed; lower is better.
 *
 * @param seeds with which it was trained
 * @param scores one for each seed: errors in percent, or perplexities
 */
record SeedFigures(List<Long> seeds, List<Double> scores) {
    SeedFigures {
        seeds = List.copyOf(seeds);
        scores = List.copyOf(scores);
        if (seeds.size() != scores.size()) {
            throw new IllegalArgumentException(
                    "each seed has one score (were %d seeds and %d scores)".formatted(seeds.size(), scores.size()));
        }
    }

    /** Those of the first so many seeds. */
    SeedFigures first(int count) {
        return new SeedFigures(seeds.subList(0, count), scores.subList(0, count));
    }

    double[] values() {
        return scores.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
