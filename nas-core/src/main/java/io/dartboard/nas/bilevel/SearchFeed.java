package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.tensor.HostTensor;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The data of one search, step by step: a training batch for the weights, and with each a validation batch for the alphas.
 * What it hands out is a pure function of setup, epoch and step, and of what it carries from step to step.
 */
public interface SearchFeed {
    /** Steps of an epoch. */
    int steps(int epoch);

    /** Steps of all epochs before one; with the number of epochs, those of the search. */
    long stepsBefore(int epoch);

    /** Whether right answers are counted. */
    boolean countsRight();

    /** The steps of an epoch from one on; the caller closes it. */
    Steps open(int epoch, int from);

    /**
     * Judges a point on the whole validation half.
     *
     * @param scope in which passes open scopes of their own; nothing is left in it
     * @param wantsStop asked between passes
     * @return empty if the answer was yes
     */
    Optional<Fit> judge(NDManager scope, BilevelPoint point, int epoch, BooleanSupplier wantsStop);

    /**
     * A validation batch after an epoch, on which signs of collapse are measured: the same one whenever it is asked for.
     *
     * @param scope what it lives as long as
     */
    Objective signs(NDManager scope, int epoch);

    /** What goes on from step to step, by name, for a snapshot; waits for the device. */
    Map<String, HostTensor> carried();

    /**
     * Takes over what a snapshot's feed carried.
     *
     * @throws io.dartboard.nas.tensor.InvalidSafetensorsException if it is missing
     */
    void restore(Snapshot snapshot);

    /** Steps in order; asking for the next may wait for the data. */
    interface Steps extends Iterator<Step>, AutoCloseable {
        @Override
        void close();
    }

    /** One step's data, still on the heap. */
    interface Step {
        /** Images, or words to be predicted, of the training batch. */
        int count();

        /** By what the epoch's learning rate is multiplied in this step. */
        double rate();

        /** Copies the training batch to the device. */
        Training training(NDManager scope);

        /** Copies the validation batch to the device; there is one in the steps that move the alphas. */
        Objective validation(NDManager scope);

        /**
         * How many answers of the weight step were right, (); empty where they are not counted.
         *
         * @param beside what its weight step saw beside the loss
         */
        Optional<NDArray> right(NDList beside);

        /**
         * The step is done.
         *
         * @param training what its weight step saw beside the loss
         * @param validation what its alpha step saw beside the loss; empty if it moved the weights alone
         */
        void done(NDList training, Optional<NDList> validation);
    }

    /**
     * A training batch on the device.
     *
     * @param ahead the loss that a hypergradient looks at
     * @param descent the loss that the weight step goes down: on the same batch, with penalties and randomness of its own
     */
    record Training(Objective ahead, Objective descent) {}
}
