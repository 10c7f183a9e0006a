package io.dartboard.nas.train;

import io.dartboard.nas.loop.EpochWork;
import io.dartboard.nas.tensor.Safetensors;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What a training trains, with all that changes as it goes: weights, optimiser, sums of the epoch, curve. Used by one
 * thread, while recording is paused.
 *
 * @param <R> what it tells of an epoch
 */
public interface Trainee<R extends EpochScore> extends AutoCloseable {
    /** Steps of an epoch. */
    int steps(int epoch);

    /** Steps of all epochs before one; with the number of epochs, those of the training. */
    long stepsBefore(int epoch);

    /** The steps from one on to the last of the training; the caller closes it. */
    EpochWork.Steps open(int epoch, int step);

    /** Mean training loss of the epoch so far; waits for the device. */
    double loss();

    /**
     * Judges the network by what is held out.
     *
     * @param wantsStop asked between batches
     * @return empty if the answer was yes
     */
    Optional<R> judge(int epoch, BooleanSupplier wantsStop);

    /** Whether a judged epoch can be gone on from. */
    default boolean accepts(R report) {
        return true;
    }

    /** Closes an epoch: its report belongs to the curve, and its sums begin anew. */
    void endEpoch(R report);

    /**
     * A loss was not finite: goes back to an earlier state.
     *
     * @return the epoch that comes next now
     * @throws TrainingDivergedException if it goes back no more
     */
    int goBack(int epoch, double loss);

    /**
     * All epochs are done, or those that there shall be, at least one.
     *
     * @param wantsStop asked between the batches of a last judgement
     * @return empty if the answer was yes
     */
    Optional<TrainingOutcome.Finished<R>> finish(BooleanSupplier wantsStop);

    /** Takes everything to the heap, for a snapshot; waits for the device. */
    Safetensors content();

    @Override
    void close();
}
