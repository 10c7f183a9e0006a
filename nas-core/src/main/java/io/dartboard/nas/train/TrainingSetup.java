package io.dartboard.nas.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.SnapshotIdentity;

/**
 * Everything that decides how a training goes, and where it runs: what a kind of data supplies to the training loop.
 *
 * @param <R> what is told of an epoch
 */
public interface TrainingSetup<R extends EpochScore> {
    /** Where the training runs. */
    Device device();

    /** Passes over the training data. */
    int epochs();

    /** Whose snapshots may be gone on from. */
    SnapshotIdentity identity();

    /** A network that has not been trained, in a scope; the caller closes it. */
    Trainee<R> fresh(NDManager scope);

    /**
     * The network of a snapshot, in a scope; the caller closes it.
     *
     * @throws IllegalArgumentException if the snapshot is damaged
     */
    Trainee<R> restore(NDManager scope, Snapshot snapshot);
}
