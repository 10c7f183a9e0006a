package io.dartboard.nas.train;

import ai.djl.ndarray.NDManager;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopObserver;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.SnapshotIdentity;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Torch;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a discrete network of any kind from scratch and judges it after each epoch.
 *
 * <p>A training is a pure function of its setup. Stopped after any step and continued from the snapshot, it ends, on a CPU,
 * with the same bits as if it had never stopped. An instance holds no native memory between runs.
 *
 * @param <R> what is told of an epoch
 */
public final class TrainingLoop<R extends EpochScore> {
    /** So often a step is followed by a look at the loss: seldom enough to cost nothing where the device runs ahead. */
    private static final int STEPS_BETWEEN_LOOKS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);

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
        return run(scope -> restored(scope, snapshot), observer);
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
                scope -> SnapshotIdentity.resumeOrStart(
                        kept, snapshot -> restored(scope, snapshot), () -> new Position<>(setup.fresh(scope), 0, 0)),
                observer);
    }

    /** Where a training stands: what it trains, and the epoch and the step within it that come next. */
    private record Position<R extends EpochScore>(Trainee<R> trainee, int epoch, int step) {}

    private Position<R> restored(NDManager scope, Snapshot snapshot) {
        setup.identity().require(snapshot);
        return new Position<>(setup.restore(scope, snapshot), snapshot.epoch(), snapshot.step());
    }

    private TrainingOutcome<R> run(Function<NDManager, Position<R>> starter, LoopObserver<? super R> observer) {
        try (NDManager scope = Torch.open(setup.device());
                Autograd.Mode paused = Autograd.paused()) {
            Position<R> start = starter.apply(scope);
            try (Trainee<R> trainee = start.trainee();
                    Run run = new Run(trainee, start.epoch(), start.step(), observer)) {
                return run.go();
            }
        }
    }

    /** One run from its start to its end. */
    private final class Run implements AutoCloseable {
        private final Trainee<R> trainee;
        private final LoopObserver<? super R> observer;
        private Trainee.Steps steps;
        private int epoch;
        private int step; // equal to the epoch's number of steps once only its judgement is left

        Run(Trainee<R> trainee, int epoch, int step, LoopObserver<? super R> observer) {
            this.trainee = trainee;
            this.observer = observer;
            this.epoch = epoch;
            this.step = step;
            this.steps = trainee.open(epoch, step);
        }

        TrainingOutcome<R> go() {
            while (epoch < setup.epochs()) {
                Optional<Snapshot> stopped = epoch();
                if (stopped.isPresent()) {
                    return new TrainingOutcome.Stopped<>(stopped.get());
                }
            }
            Optional<TrainingOutcome.Finished<R>> finished = trainee.finish(observer::wantsStop);
            return finished.isPresent() ? finished.get() : new TrainingOutcome.Stopped<>(handOut());
        }

        /** The rest of an epoch, or of what going back has left of it; a snapshot says that the observer wants to stop. */
        private Optional<Snapshot> epoch() {
            int count = trainee.steps(epoch);
            while (step < count) {
                Directive directive = step(count);
                boolean isLook = step % STEPS_BETWEEN_LOOKS == 0 || step == count;
                boolean wentBack = (isLook || directive != Directive.CONTINUE) && goBackIfDiverged();
                if (directive != Directive.CONTINUE) {
                    Snapshot snapshot = handOut();
                    if (directive == Directive.STOP) {
                        return Optional.of(snapshot);
                    }
                }
                if (wentBack) {
                    return Optional.empty();
                }
            }
            return judge();
        }

        private Directive step(int count) {
            observer.awaitsBatch();
            Trainee.Step next = steps.next();
            observer.hasBatch();
            next.take();
            StepReport report = new StepReport(
                    epoch,
                    step,
                    count,
                    setup.epochs(),
                    next.count(),
                    trainee.stepsBefore(epoch) + step + 1,
                    trainee.stepsBefore(setup.epochs()));
            step++;
            return observer.afterStep(report);
        }

        private Optional<Snapshot> judge() {
            Optional<R> report = trainee.judge(epoch, observer::wantsStop);
            if (report.isEmpty()) {
                return Optional.of(handOut());
            }
            if (!trainee.accepts(report.get())) {
                goBack(report.get().heldOutLoss());
                return Optional.empty();
            }
            trainee.endEpoch(report.get());
            epoch++;
            step = 0;
            Directive directive = observer.onEpoch(report.get());
            if (directive == Directive.CONTINUE) {
                return Optional.empty();
            }
            Snapshot snapshot = handOut();
            return directive == Directive.STOP ? Optional.of(snapshot) : Optional.empty();
        }

        private boolean goBackIfDiverged() {
            double loss = trainee.loss();
            if (Double.isFinite(loss)) {
                return false;
            }
            goBack(loss);
            return true;
        }

        private void goBack(double loss) {
            int to = trainee.goBack(epoch, loss);
            LOG.warn("the loss of epoch {} is {}: goes on from the state before epoch {}", epoch, loss, to);
            observer.onRollback(epoch, to);
            epoch = to;
            step = 0;
            steps.close();
            steps = trainee.open(epoch, step);
        }

        private Snapshot handOut() {
            Snapshot snapshot = trainee.snapshot(epoch, step, setup.identity().facts());
            observer.onSnapshot(snapshot);
            return snapshot;
        }

        @Override
        public void close() {
            steps.close();
        }
    }
}
