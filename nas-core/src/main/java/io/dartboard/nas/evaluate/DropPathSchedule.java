package io.dartboard.nas.evaluate;

/**
 * Drop path probability over a training: grows linearly from 0 and would reach its bound one epoch after the last (DARTS,
 * supplement A.2).
 *
 * @param bound the probability it grows towards
 * @param epochs the number of epochs
 */
record DropPathSchedule(double bound, int epochs) {

    /** The probability of an epoch counted from 0. */
    double at(int epoch) {
        return bound * epoch / epochs;
    }
}
