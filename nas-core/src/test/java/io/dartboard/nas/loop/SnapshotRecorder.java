package io.dartboard.nas.loop;

/** A snapshot at every step and epoch, and what is told of every epoch. */
public final class SnapshotRecorder<R> extends LoopRecorder<R> {
    @Override
    public Directive onEpoch(R report) {
        super.onEpoch(report);
        return Directive.CHECKPOINT;
    }

    @Override
    public Directive afterStep(StepReport report) {
        super.afterStep(report);
        return Directive.CHECKPOINT;
    }

    /** That of a place; there must be one. */
    public Snapshot at(int epoch, int step) {
        return snapshots.stream()
                .filter(each -> each.epoch() == epoch && each.step() == step)
                .findFirst()
                .orElseThrow();
    }
}
