package io.dartboard.nas.optim;

/**
 * One schedule after another: the second begins where the first ends.
 *
 * @param first the schedule of the first epochs
 * @param epochs of the first
 * @param then the schedule of all others, counted from 0 again
 */
public record InTurn(Schedule first, int epochs, Schedule then) implements Schedule {
    @Override
    public double at(int epoch) {
        return epoch < epochs ? first.at(epoch) : then.at(epoch - epochs);
    }
}
