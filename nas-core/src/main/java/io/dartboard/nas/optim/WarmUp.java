package io.dartboard.nas.optim;

/**
 * {@code schedule(epoch) * (epoch + 1) / epochs} in the first epochs, and the schedule itself from then on.
 *
 * <p>Source: Goyal et al., <i>Accurate, Large Minibatch SGD</i> (arXiv 1706.02677), section 2.2, by whole epochs as the
 * authors of P-DARTS (arXiv 1904.12760) do it on ImageNet.
 *
 * @param epochs over which the rate rises
 * @param schedule of the rate
 */
public record WarmUp(int epochs, Schedule schedule) implements Schedule {

    /** A schedule that is warmed up; for no epoch the schedule itself. */
    public static Schedule of(int epochs, Schedule schedule) {
        return epochs == 0 ? schedule : new WarmUp(epochs, schedule);
    }

    /**
     * Refuses what leaves no epoch at the full rate.
     *
     * @param name of the setting
     * @param warmUp epochs over which the rate rises
     * @param epochs of the training
     */
    public static void require(String name, int warmUp, int epochs) {
        if (warmUp < 0 || warmUp > 0 && warmUp >= epochs) {
            throw new IllegalArgumentException(
                    "%s must be 0 or more and below epochs %d, so that some train at the full rate (was %d)"
                            .formatted(name, epochs, warmUp));
        }
    }

    @Override
    public double at(int epoch) {
        double rate = schedule.at(epoch);
        return epoch < epochs ? rate * (epoch + 1) / epochs : rate;
    }
}
