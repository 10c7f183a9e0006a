package io.dartboard.nas.tensor;

import io.dartboard.nas.provenance.RandomStream;
import io.dartboard.nas.provenance.RandomStreams;

/**
 * What is drawn for one half of one step: a pure function of the seed, the purpose, the epoch and the step. Every pass of that
 * half reads the same numbers, else a finite difference would compare two networks.
 *
 * @param purpose what is drawn for
 * @param epoch from 0
 * @param step of the epoch, from 0
 */
public record Draw(RandomStreams streams, String purpose, int epoch, int step) {
    /** The numbers, from the first on. */
    public RandomStream stream() {
        return streams.stream(purpose, epoch, step);
    }
}
