package io.dartboard.nas.train;

import ai.djl.ndarray.NDManager;
import io.dartboard.nas.loop.EpochEngine;
import io.dartboard.nas.loop.LoopObserver;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Torch;
import java.util.Optional;
import java.util.function.Function;

/**
 * Trains a discrete network of any kind from scratch and judges it after each epoch.
 *
 * <p>A training is a pure function of its setup. Stopped after any step and continued from the snapshot, it ends, on a CPU,
 * with the same bits as if it had never stopped. An instance holds no native memory between runs.
 *
 * @param <R> what is told of an epoch
 */
public final class TrainingLoop<R extends EpochScore> {
    private final TrainingSetup<R> setup;

    /** Prepares a training; nothing is allocated on the device yet. */
    public TrainingLoop(TrainingSetup<R> setup) {
        this.setup = setup;
    }

    /**
     * Trains from the start.
     *
     * @throws TrainingDivergedException if the loss stops being a number, and going back does not help
     */
    public TrainingOutcome<R> run(LoopObserver<? super R> observer) {
        return runFrom(Optional.empty(), observer);
    }

    /**
     * Goes on from a snapshot of the same training.
     *
     * @throws IllegalArgumentException if the snapshot is of another training
     * @throws TrainingDivergedException if the loss stops being a number, and going back does not help
     */
    public TrainingOutcome<R> resume(Snapshot snapshot, LoopObserver<? super R> observer) {
        return run(scope -> setup.identity().resume(snapshot, own -> restored(scope, own)), observer);
    }

    /**
     * Goes on from what an earlier attempt has kept; trains from the start where that is nothing, or nothing of this
     * training.
     *
     * @param kept a snapshot's {@link Snapshot#bytes}
     * @throws TrainingDivergedException if the loss stops being a number, and going back does not help
     */
    public TrainingOutcome<R> runFrom(Optional<byte[]> kept, LoopObserver<? super R> observer) {
        return run(
                scope -> setup.identity()
                        .resumeOrStart(
                                kept,
                                snapshot -> restored(scope, snapshot),
                                () -> new Position<>(setup.fresh(scope), 0, 0)),
                observer);
    }

    /** Where a training stands: what it trains, and the epoch and the step within it that come next. */
    private record Position<R extends EpochScore>(Trainee<R> trainee, int epoch, int step) {}

    private Position<R> restored(NDManager scope, Snapshot snapshot) {
        return new Position<>(setup.restore(scope, snapshot), snapshot.epoch(), snapshot.step());
    }

    private TrainingOutcome<R> run(Function<NDManager, Position<R>> starter, LoopObserver<? super R> observer) {
        try (NDManager scope = Torch.open(setup.device());
                Autograd.Mode paused = Autograd.paused()) {
            Position<R> start = starter.apply(scope);
            try (Trainee<R> trainee = start.trainee();
                    TrainingWork<R> work = new TrainingWork<>(setup, trainee)) {
                EpochEngine<R> engine = new EpochEngine<>(work, start.epoch(), start.step());
                Optional<Snapshot> stopped = engine.run(observer);
                if (stopped.isPresent()) {
                    return new TrainingOutcome.Stopped<>(stopped.get());
                }
                Optional<TrainingOutcome.Finished<R>> finished = trainee.finish(observer::wantsStop);
                return finished.isPresent() ? finished.get() : new TrainingOutcome.Stopped<>(engine.handOut(observer));
            }
        }
    }
}
