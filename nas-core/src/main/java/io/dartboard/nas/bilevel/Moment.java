package io.dartboard.nas.bilevel;

/**
 * Where in its schedules a search stands when it takes a step.
 *
 * @param epoch from 0
 * @param epochs of the search, those in which it is tuned between decisions left out
 * @param step of the epoch, from 0
 * @param stepsDone steps of the weights that have been done before it, of all epochs
 * @param learningRate of the weights
 */
public record Moment(int epoch, int epochs, int step, long stepsDone, double learningRate) {
    /** The first step of an epoch, of those before which nothing is asked. */
    public Moment(int epoch, int epochs, double learningRate) {
        this(epoch, epochs, 0, 0, learningRate);
    }

    /** Share of the epochs that is done, in [0, 1]: 1 in those that follow, and there alone. */
    public double progress() {
        return (double) Math.min(epoch, epochs) / epochs;
    }
}
