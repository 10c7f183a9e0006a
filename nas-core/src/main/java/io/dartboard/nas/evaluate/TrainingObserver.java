package io.dartboard.nas.evaluate;

import io.dartboard.nas.loop.LoopObserver;

/** Who watches and steers a training. Called in the loop's own thread, so it must return quickly. */
public interface TrainingObserver extends LoopObserver {

    /** The next step's images are asked for; they may have to be waited for. */
    default void awaitsBatch() {
        // Nobody measures the waiting.
    }

    /** The next step's images are there. */
    default void hasBatch() {
        // Nobody measures the waiting.
    }

    /** An epoch is done and its network has been judged by the held-out images. */
    void onEpoch(EpochReport report);
}
