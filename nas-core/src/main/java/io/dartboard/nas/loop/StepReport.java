package io.dartboard.nas.loop;

/**
 * A step is done.
 *
 * @param epoch epoch, from 0
 * @param step step within the epoch, from 0
 * @param stepsPerEpoch steps of this epoch
 * @param epochs epochs of the run
 * @param images images trained on in this step; of a text, words
 * @param stepsDone steps done since the start of the run, this one included
 * @param steps steps of the run
 */
public record StepReport(int epoch, int step, int stepsPerEpoch, int epochs, int images, long stepsDone, long steps) {

    /** A step of a run whose epochs all have the same number of steps. */
    public StepReport(int epoch, int step, int stepsPerEpoch, int epochs, int images) {
        this(
                epoch,
                step,
                stepsPerEpoch,
                epochs,
                images,
                (long) epoch * stepsPerEpoch + step + 1,
                (long) stepsPerEpoch * epochs);
    }

    /** Whether it was the last step of its epoch. */
    public boolean endsEpoch() {
        return step + 1 == stepsPerEpoch;
    }

    /** Share of the run that is done, in (0, 1]. */
    public double fraction() {
        return (double) stepsDone / steps;
    }
}
