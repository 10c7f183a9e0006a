package io.dartboard.nas.loop;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what a loop tells and gives one directive after one step, counted from 1.
 *
 * @param <R> what it is told of an epoch
 */
public class LoopRecorder<R> implements LoopObserver<R> {
    public final List<StepReport> steps = new ArrayList<>();
    public final List<R> epochs = new ArrayList<>();
    public final List<Snapshot> snapshots = new ArrayList<>();
    public boolean stopWhileJudging;
    private final long atStep;
    private final Directive directive;

    public LoopRecorder() {
        this(-1, Directive.CONTINUE);
    }

    public LoopRecorder(long atStep, Directive directive) {
        this.atStep = atStep;
        this.directive = directive;
    }

    public Snapshot lastSnapshot() {
        return snapshots.get(snapshots.size() - 1);
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
    public Directive onEpoch(R report) {
        epochs.add(report);
        return Directive.CONTINUE;
    }

    @Override
    public void onSnapshot(Snapshot snapshot) {
        snapshots.add(snapshot);
    }
}
