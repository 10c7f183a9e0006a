package io.dartboard.nas.evaluate.recurrent;

import io.dartboard.nas.evaluate.TrainingObserver;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.StepReport;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a training tells and gives one directive after one step, counted from 1. */
public final class RecurrentRecorder implements TrainingObserver<RecurrentEpochReport> {
    public final List<StepReport> steps = new ArrayList<>();
    public final List<RecurrentEpochReport> epochs = new ArrayList<>();
    public final List<Snapshot> snapshots = new ArrayList<>();
    public final List<String> rollbacks = new ArrayList<>();
    private final long atStep;
    private final Directive directive;
    public boolean stopWhileJudging;
    public int stopAfterEpoch = -1;

    public RecurrentRecorder() {
        this(-1, Directive.CONTINUE);
    }

    public RecurrentRecorder(long atStep, Directive directive) {
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
    public void onEpoch(RecurrentEpochReport report) {
        epochs.add(report);
        stopWhileJudging |= report.epoch() == stopAfterEpoch;
    }

    @Override
    public void onRollback(int epoch, int to) {
        rollbacks.add(epoch + " to " + to);
    }

    @Override
    public void onSnapshot(Snapshot snapshot) {
        snapshots.add(snapshot);
    }
}
