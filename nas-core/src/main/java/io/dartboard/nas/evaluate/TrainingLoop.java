package io.dartboard.nas.evaluate;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.data.Batch;
import io.dartboard.nas.data.BatchLoader;
import io.dartboard.nas.data.Prefetch;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.SnapshotIdentity;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.nas.network.DiscreteNetwork;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Torch;
import java.util.Optional;
import java.util.function.Function;

/**
 * Trains a discrete network from scratch and judges it after each epoch. Retraining and transfer are this one loop; they
 * differ in network, plan and images.
 *
 * <p>A training is a pure function of genotype, plan, images and seed. Stopped after any step and continued from the
 * snapshot, it ends, on a CPU, with the same bits as if it had never stopped. An instance holds no native memory between
 * runs.
 */
public final class TrainingLoop {

    private final DiscreteNetwork network;
    private final TrainingPlan plan;
    private final TrainingImages images;
    private final RandomStreams streams;
    private final Compute compute;
    private final SnapshotIdentity identity;

    /**
     * Prepares a training; nothing is allocated on the device yet.
     *
     * @param identity all that determines the result beside plan and seed
     * @param seed the seed of weights, order of images, augmentation and drop path
     */
    public TrainingLoop(
            DiscreteNetwork network,
            TrainingPlan plan,
            TrainingImages images,
            TrainingIdentity identity,
            long seed,
            Compute compute) {
        this.network = network;
        this.plan = plan;
        this.images = images;
        this.streams = new RandomStreams(seed);
        this.compute = compute;
        this.identity = identity.of(plan, images, seed);
    }

    /**
     * Trains from the start.
     *
     * @throws TrainingDivergedException if the loss stops being a number
     */
    public TrainingOutcome run(TrainingObserver<? super EpochReport> observer) {
        return run(this::afresh, observer);
    }

    /**
     * Goes on from a snapshot of the same training.
     *
     * @throws IllegalArgumentException if the snapshot is of another training
     * @throws TrainingDivergedException if the loss stops being a number
     */
    public TrainingOutcome resume(Snapshot snapshot, TrainingObserver<? super EpochReport> observer) {
        return run(scope -> restored(scope, snapshot), observer);
    }

    /**
     * Goes on from what an earlier attempt has kept; trains from the start where that is nothing, or nothing of this
     * training.
     *
     * @param kept a snapshot's {@link Snapshot#bytes}
     * @throws TrainingDivergedException if the loss stops being a number
     */
    public TrainingOutcome runFrom(Optional<byte[]> kept, TrainingObserver<? super EpochReport> observer) {
        return run(
                scope -> SnapshotIdentity.resumeOrStart(
                        kept, snapshot -> restored(scope, snapshot), () -> afresh(scope)),
                observer);
    }

    private Start afresh(NDManager scope) {
        return new Start(TrainingState.fresh(scope, network, plan, streams), 0, 0);
    }

    private Start restored(NDManager scope, Snapshot snapshot) {
        identity.require(snapshot);
        return new Start(TrainingState.restore(scope, network, plan, snapshot), snapshot.epoch(), snapshot.step());
    }

    private TrainingOutcome run(Function<NDManager, Start> starter, TrainingObserver<? super EpochReport> observer) {
        try (NDManager scope = Torch.open(compute.device());
                Autograd.Mode paused = Autograd.paused()) {
            Start start = starter.apply(scope);
            ChannelConstants constants = new ChannelConstants(scope, DataType.FLOAT32);
            TrainingStep step = new TrainingStep(network, plan, streams, constants);
            HeldOut heldOut = new HeldOut(network, images.heldOut(), plan.batchSize(), streams, compute, constants);
            return epochs(scope, start, step, heldOut, observer);
        }
    }

    private TrainingOutcome epochs(
            NDManager scope,
            Start start,
            TrainingStep step,
            HeldOut heldOut,
            TrainingObserver<? super EpochReport> observer) {
        BatchLoader loader = BatchLoader.shuffled(images.train(), plan.batchSize(), streams, compute.loaderThreads());
        TrainingState state = start.state();
        int firstStep = start.step();
        try (Prefetch<Batch> batches = loader.epochs(start.epoch(), firstStep, plan.epochs())) {
            for (int epoch = start.epoch(); epoch < plan.epochs(); epoch++) {
                Optional<Snapshot> stopped = train(scope, state, step, batches, loader, epoch, firstStep, observer);
                if (stopped.isPresent()) {
                    return new TrainingOutcome.Stopped(stopped.get());
                }
                firstStep = 0;
                double[] means = state.means();
                if (!Double.isFinite(means[0])) {
                    throw new TrainingDivergedException("the training loss of epoch " + epoch + " is " + means[0]
                            + ": the training diverged; lower learningRate or clip");
                }
                Optional<HeldOutScore> score = heldOut.judge(scope, state, observer);
                if (score.isEmpty()) {
                    Snapshot snapshot = snapshot(state, epoch, loader.steps(), loader);
                    observer.onSnapshot(snapshot);
                    return new TrainingOutcome.Stopped(snapshot);
                }
                EpochReport report = report(epoch, means, score.get());
                state.endEpoch(report);
                observer.onEpoch(report);
            }
        }
        return new TrainingOutcome.Finished(state.curve, state.named());
    }

    /** Trains the rest of an epoch; a snapshot says that the observer wants to stop. */
    private Optional<Snapshot> train(
            NDManager scope,
            TrainingState state,
            TrainingStep step,
            Prefetch<Batch> batches,
            BatchLoader loader,
            int epoch,
            int firstStep,
            TrainingObserver<? super EpochReport> observer) {
        for (int i = firstStep; i < loader.steps(); i++) {
            observer.awaitsBatch();
            Batch batch = batches.next();
            observer.hasBatch();
            step.take(scope, state, batch, epoch, i);
            Directive directive =
                    observer.afterStep(new StepReport(epoch, i, loader.steps(), plan.epochs(), batch.count()));
            if (directive != Directive.CONTINUE) {
                Snapshot snapshot = snapshot(state, epoch, i + 1, loader);
                observer.onSnapshot(snapshot);
                if (directive == Directive.STOP) {
                    return Optional.of(snapshot);
                }
            }
        }
        return Optional.empty();
    }

    /** A snapshot whose step is the number of steps of an epoch stands before the judgement of that epoch. */
    private Snapshot snapshot(TrainingState state, int epoch, int nextStep, BatchLoader loader) {
        return state.snapshot(epoch, nextStep, (long) epoch * loader.steps() + nextStep, identity.facts());
    }

    private EpochReport report(int epoch, double[] means, HeldOutScore score) {
        return new EpochReport(
                epoch,
                plan.schedule().at(epoch),
                plan.dropPathAt(epoch),
                means[0],
                means[1],
                score.loss(),
                score.accuracy(),
                score.top5());
    }

    /** Where a training begins: its state, and the epoch and the step within it that come next. */
    private record Start(TrainingState state, int epoch, int step) {}
}
