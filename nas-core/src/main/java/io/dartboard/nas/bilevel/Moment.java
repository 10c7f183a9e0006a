package io.dartboard.nas.bilevel;

/**
 * Where in its schedules a search stands when it takes a step.
 *
 * @param epoch from 0
 * @param epochs of the search
 * @param learningRate of the weights
 */
public record Moment(int epoch, int epochs, double learningRate) {
    /** Share of the epochs that is done, in [0, 1). */
    public double progress() {
        return (double) epoch / epochs;
    }
}
