package io.dartboard.nas.evaluate.recurrent;

import io.dartboard.nas.loop.LoopObserver;

/** Who watches and steers a training. Called in the loop's own thread, so it must return quickly. */
public interface RecurrentTrainingObserver extends LoopObserver {

    /** An epoch is done and its model has been judged by the validation text. */
    void onEpoch(RecurrentEpochReport report);

    /**
     * A loss was not finite, and the training goes on from its best state.
     *
     * @param epoch where that happened
     * @param to the epoch that comes next now
     */
    default void onRollback(int epoch, int to) {
        // The curve shows it.
    }
}
