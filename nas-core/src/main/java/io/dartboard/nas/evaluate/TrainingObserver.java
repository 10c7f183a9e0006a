package io.dartboard.nas.evaluate;

import io.dartboard.nas.loop.LoopObserver;

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
}
