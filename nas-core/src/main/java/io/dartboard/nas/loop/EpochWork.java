package io.dartboard.nas.loop;

import io.dartboard.nas.tensor.Safetensors;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What an {@link EpochEngine} runs, with all that changes as it goes. The engine knows where it stands; the work knows what
 * a step does, how an epoch is judged, and what is to be done about a loss that is no number. Used by one thread.
 *
 * @param <R> what it tells of an epoch
 */
public interface EpochWork<R> {
    /** Epochs of the run. */
    int epochs();

    /** Steps of an epoch, at least 1. */
    int steps(int epoch);

    /** Steps of all epochs before one; with the number of epochs, those of the run. */
    long stepsBefore(int epoch);

    /** Whose snapshots may be gone on from; every snapshot carries its facts. */
    SnapshotIdentity identity();

    /**
     * The steps of an epoch from one on. Asked for where an epoch begins, where the run goes on within one, and after going
     * back. The caller closes it before the epoch is judged.
     */
    Steps open(int epoch, int step);

    /**
     * Looks whether what the steps of an epoch have come to is finite; waits for the device. A work that is beyond help
     * throws what it ends with, here or on the way back. A look after 64 steps comes before the last of them is told, the way
     * back after it.
     *
     * @param step steps of the epoch that are done, at least 1
     * @return the way back from what is not; empty if all is well
     */
    Optional<WayBack> look(int epoch, int step);

    /**
     * Judges an epoch by what is held out.
     *
     * @param wantsStop asked between batches
     * @return empty if the answer was yes
     */
    Optional<R> judge(int epoch, BooleanSupplier wantsStop);

    /** The way back from an epoch that cannot be gone on from by its report; empty if it can. */
    default Optional<WayBack> refusal(int epoch, R report) {
        return Optional.empty();
    }

    /** Closes an epoch that is accepted: its sums begin anew. */
    void endEpoch(R report);

    /** All that a snapshot holds but the position and the facts of the identity, taken to the heap; waits for the device. */
    Safetensors content();

    /** Steps in order. */
    interface Steps extends AutoCloseable {
        /** The next one; may wait for the data. */
        Step next();

        @Override
        void close();
    }

    /** One step. */
    interface Step {
        /** Images, or words to be predicted, of its batch. */
        int count();

        /** Takes it; what it sums stays on the device. */
        void take();
    }

    /** The way from a state that is not finite to an earlier one. */
    @FunctionalInterface
    interface WayBack {
        /**
         * Goes back; throws what the work ends with if it goes back no more.
         *
         * @return the epoch that comes next now
         */
        int take();
    }
}
