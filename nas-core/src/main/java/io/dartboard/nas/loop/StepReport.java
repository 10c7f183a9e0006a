package io.dartboard.nas.loop;

/**
 * A step is done.
 *
 * @param epoch epoch, from 0
 * @param step step within the epoch, from 0
 * @param stepsPerEpoch steps of every epoch
 * @param epochs epochs of the run
 * @param images images trained on in this step
 */
public record StepReport(int epoch, int step, int stepsPerEpoch, int epochs, int images) {
    /** Steps done since the start of the run, this one included. */
    public long stepsDone() {
        return (long) epoch * stepsPerEpoch + step + 1;
    }

    /** Steps of the run. */
    public long steps() {
        return (long) stepsPerEpoch * epochs;
    }

    /** Share of the run that is done, in (0, 1]. */
    public double fraction() {
        return (double) stepsDone() / steps();
    }
}
