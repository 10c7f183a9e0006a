package io.dartboard.eval;

import java.util.List;

/**
 * Errors of one genotype over several seeds.
 *
 * @param percents one for each seed, in percent
 */
record Errors(List<Double> percents) {
    Errors {
        percents = List.copyOf(percents);
        if (percents.isEmpty()) {
            throw new IllegalArgumentException("at least one seed is needed to speak of an error");
        }
    }

    static Errors of(List<Double> percents) {
        return new Errors(percents);
    }

    double mean() {
        return percents.stream().mapToDouble(Double::doubleValue).sum() / percents.size();
    }

    /** Sample standard deviation, n - 1 in the denominator; 0 for one seed. */
    double sd() {
        if (percents.size() == 1) {
            return 0;
        }
        var mean = mean();
        var squares = percents.stream()
                .mapToDouble(percent -> (percent - mean) * (percent - mean))
                .sum();
        return Math.sqrt(squares / (percents.size() - 1));
    }
}
