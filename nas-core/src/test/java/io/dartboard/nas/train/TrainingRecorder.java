package io.dartboard.nas.train;

import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopRecorder;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a training tells as well. */
public final class TrainingRecorder<R> extends LoopRecorder<R> {
    public final List<String> rollbacks = new ArrayList<>();
    public int stopAfterEpochs = -1;

    public TrainingRecorder() {}

    public TrainingRecorder(long atStep, Directive directive) {
        super(atStep, directive);
    }

    @Override
    public Directive onEpoch(R report) {
        Directive directive = super.onEpoch(report);
        stopWhileJudging |= epochs.size() == stopAfterEpochs;
        return directive;
    }

    @Override
    public void onRollback(int epoch, int to) {
        rollbacks.add(epoch + " to " + to);
    }
}
