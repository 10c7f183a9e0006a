package io.dartboard.nas.evaluate;

import io.dartboard.nas.loop.LoopObserver;

/** Who watches and steers a training. Called in the loop's own thread, so it must return quickly. */
public interface TrainingObserver extends LoopObserver {

    /** An epoch is done and its network has been judged by the held-out images. */
    void onEpoch(EpochReport report);
}
