package io.dartboard.nas.optim;

/** {@code first * factor^epoch}: the ImageNet schedule of the DARTS authors multiplies by 0.97 each epoch. */
public record StepSchedule(double first, double factor) implements Schedule {
    public StepSchedule {
        if (!(first > 0) || !(factor > 0) || factor > 1) {
            throw new IllegalArgumentException(
                    "a step schedule needs a positive rate and a factor in (0, 1] (were %s and %s)"
                            .formatted(first, factor));
        }
    }

    @Override
    public double at(int epoch) {
        return first * StrictMath.pow(factor, epoch);
    }
}
