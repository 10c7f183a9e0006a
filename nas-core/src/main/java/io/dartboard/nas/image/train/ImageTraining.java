package io.dartboard.nas.image.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.image.network.DiscreteNetwork;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.SnapshotIdentity;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.train.Compute;
import io.dartboard.nas.train.Trainee;
import io.dartboard.nas.train.TrainingLoop;
import io.dartboard.nas.train.TrainingSetup;

/**
 * A training on images. Retraining and transfer are this one; they differ in network, plan and images.
 *
 * @param seed of weights, order of images, augmentation and drop path
 */
public record ImageTraining(
        DiscreteNetwork network,
        TrainingPlan plan,
        TrainingImages images,
        SnapshotIdentity identity,
        long seed,
        Compute compute)
        implements TrainingSetup<EpochReport> {

    /**
     * A training that can begin.
     *
     * @param identity all that determines the result beside plan and seed
     */
    public static TrainingLoop<EpochReport> loop(
            DiscreteNetwork network,
            TrainingPlan plan,
            TrainingImages images,
            TrainingIdentity identity,
            long seed,
            Compute compute) {
        return new TrainingLoop<>(
                new ImageTraining(network, plan, images, identity.of(plan, images, seed), seed, compute));
    }

    @Override
    public Device device() {
        return compute.device();
    }

    @Override
    public int epochs() {
        return plan.epochs();
    }

    @Override
    public Trainee<EpochReport> fresh(NDManager scope) {
        RandomStreams streams = new RandomStreams(seed);
        return new ImageTrainee(this, scope, TrainingState.fresh(scope, network, plan, streams), streams);
    }

    @Override
    public Trainee<EpochReport> restore(NDManager scope, Snapshot snapshot) {
        TrainingState state = TrainingState.restore(scope, network, plan, snapshot);
        return new ImageTrainee(this, scope, state, new RandomStreams(seed));
    }
}
