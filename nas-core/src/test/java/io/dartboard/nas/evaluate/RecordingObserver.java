package io.dartboard.nas.evaluate;

import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.StepReport;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a training tells and gives one directive after one step, counted from 1. */
public final class RecordingObserver implements TrainingObserver<EpochReport> {

    public final List<StepReport> steps = new ArrayList<>();
    public final List<EpochReport> epochs = new ArrayList<>();
    public final List<Snapshot> snapshots = new ArrayList<>();
    private final long atStep;
    private final Directive directive;
    public boolean stopWhileJudging;

    public RecordingObserver() {
        this(-1, Directive.CONTINUE);
    }

    public RecordingObserver(long atStep, Directive directive) {
        this.atStep = atStep;
        this.directive = directive;
    }

    @Override
    public Directive afterStep(StepReport report) {
        steps.add(report);
        return report.stepsDone() == atStep ? directive : Directive.CONTINUE;
    }

    @Override
    public boolean wantsStop() {
        return stopWhileJudging;
    }

    @Override
    public void onEpoch(EpochReport report) {
        epochs.add(report);
    }

    @Override
    public void onSnapshot(Snapshot snapshot) {
        snapshots.add(snapshot);
    }
}
