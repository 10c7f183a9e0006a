package io.dartboard.training;

import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopObserver;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.nas.train.EpochScore;

/**
 * A job as the observer of a training loop of any kind. One that shall finish ends with the epoch that it is in if that is its
 * first, else at once.
 */
final class JobObserver implements LoopObserver<EpochScore> {
    private final TrainingJob job;
    private final int epochs;

    /** Observes a training of so many epochs. */
    JobObserver(TrainingJob job, int epochs) {
        this.job = job;
        this.epochs = epochs;
    }

    @Override
    public Directive afterStep(StepReport report) {
        var due = job.afterStepOrEpoch(
                report.stepsDone(),
                report.steps(),
                report.epoch(),
                report.epochs(),
                report.endsEpoch(),
                report.images());
        if (job.stopped()) {
            return Directive.STOP;
        }
        if (report.epoch() > 0 && !report.endsEpoch() && job.finishes()) {
            job.endsEarly();
            return Directive.FINISH;
        }
        // The last step's checkpoint spares whoever comes next all but the judgement.
        return due || report.stepsDone() == report.steps() ? Directive.CHECKPOINT : Directive.CONTINUE;
    }

    @Override
    public boolean wantsStop() {
        return job.stopped();
    }

    @Override
    public void awaitsBatch() {
        job.awaitsInput();
    }

    @Override
    public void hasBatch() {
        job.hasInput();
    }

    @Override
    public Directive onEpoch(EpochScore report) {
        job.afterEpoch(report.epoch(), report.trainLoss(), report.heldOutLoss(), report.score());
        if (report.epoch() + 1 < epochs && job.finishes()) {
            job.endsEarly();
            return Directive.FINISH;
        }
        // A checkpoint is due after steps only: the last one of an epoch spares all but its judgement.
        return Directive.CONTINUE;
    }

    @Override
    public void onSnapshot(Snapshot snapshot) {
        job.keep(snapshot.epoch(), snapshot.globalStep(), snapshot::bytes);
    }
}
