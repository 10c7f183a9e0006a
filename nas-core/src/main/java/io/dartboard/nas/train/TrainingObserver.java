package io.dartboard.nas.train;

import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopObserver;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.StepReport;

/**
 * Who watches and steers a training. Called in the loop's own thread, so it must return quickly.
 *
 * @param <R> what it wants to know of an epoch
 */
public interface TrainingObserver<R> extends LoopObserver {

    /** An epoch is done and its network has been judged by what is held out. */
    void onEpoch(R report);

    /**
     * A loss was not finite, and the training goes on from its best state.
     *
     * @param epoch where that happened
     * @param to the epoch that comes next now
     */
    default void onRollback(int epoch, int to) {
        // The curve shows it.
    }

    /** Says nothing and lets it run. */
    static <R> TrainingObserver<R> silent() {
        return new TrainingObserver<>() {
            @Override
            public Directive afterStep(StepReport report) {
                return Directive.CONTINUE;
            }

            @Override
            public void onEpoch(R report) {
                // The curve is read at the end.
            }

            @Override
            public void onSnapshot(Snapshot snapshot) {
                // None is asked for.
            }
        };
    }
}
