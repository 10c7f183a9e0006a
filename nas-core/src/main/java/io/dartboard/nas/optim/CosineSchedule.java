package io.dartboard.nas.optim;

/**
 * {@code last + (first - last) * (1 + cos(pi * epoch / epochs)) / 2}: the first epoch has the first rate, and the last
 * rate would come one epoch after the end.
 *
 * <p>Source: Loshchilov and Hutter, <i>SGDR</i> (arXiv 1608.03983), equation 5, without restarts.
 */
public record CosineSchedule(double first, double last, int epochs) implements Schedule {
    public CosineSchedule {
        if (!(first > 0) || !(last >= 0) || first < last || epochs < 1) {
            throw new IllegalArgumentException(
                    "a cosine schedule falls from a positive rate to one that is no larger and not negative, over at"
                            + " least 1 epoch (was from %s to %s over %d)".formatted(first, last, epochs));
        }
    }

    @Override
    public double at(int epoch) {
        return last + (first - last) * (1 + StrictMath.cos(StrictMath.PI * epoch / epochs)) / 2;
    }
}
