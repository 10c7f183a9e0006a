package io.dartboard.eval;

import io.dartboard.nas.evaluate.EpochReport;
import io.dartboard.nas.evaluate.TrainingObserver;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.pipeline.job.JobContext;
import io.dartboard.pipeline.meters.NasMeters;
import io.dartboard.pipeline.training.TrainingJob;
import java.util.Locale;
import java.util.Map;

/** Watches one attempt at a retraining: steers it by the job's signals and stores its checkpoints. */
final class EvalAttempt implements TrainingObserver {
    private final JobContext context;
    private final TrainingJob training;
    private boolean stepped;
    private String lastEpoch = "";

    EvalAttempt(JobContext context, TrainingJob training) {
        this.context = context;
        this.training = training;
    }

    @Override
    public Directive afterStep(StepReport report) {
        stepped = true;
        var steps = (long) report.stepsPerEpoch() * report.epochs();
        var message = "epoch %d/%d%s".formatted(report.epoch() + 1, report.epochs(), lastEpoch);
        return switch (training.afterStep(report.stepsDone(), steps, report.images(), message)) {
            // The last step's checkpoint spares whoever comes next all but the judgement.
            case GO_ON -> report.stepsDone() == steps ? Directive.CHECKPOINT : Directive.CONTINUE;
            case CHECKPOINT -> Directive.CHECKPOINT;
            case STOP -> Directive.STOP;
        };
    }

    @Override
    public void awaitsBatch() {
        training.awaitsInput();
    }

    @Override
    public void hasBatch() {
        training.hasInput();
    }

    @Override
    public boolean wantsStop() {
        return training.stopped();
    }

    @Override
    public void onEpoch(EpochReport report) {
        training.resumeSteps();
        context.gauges().set(NasMeters.TRAIN_LOSS, report.trainLoss());
        context.gauges().set(NasMeters.VALID_LOSS, report.heldOutLoss());
        lastEpoch = String.format(
                Locale.ROOT, ", train loss %.3f, error %.1f %%", report.trainLoss(), report.errorPercent());
    }

    @Override
    public void onSnapshot(Snapshot snapshot) {
        if (training.saves()) {
            var unused = training.save(snapshot.epoch(), snapshot.globalStep(), false, Map.of(), snapshot.bytes());
        }
    }

    /** True once this attempt has trained a step. */
    boolean hasStepped() {
        return stepped;
    }
}
