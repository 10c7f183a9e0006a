package io.dartboard.nas.loop;

/** Who watches and steers a loop. Called in the loop's own thread, so it must return quickly. */
public interface LoopObserver {
    /** The next step's images are asked for; they may have to be waited for. */
    default void awaitsBatch() {
        // Nobody measures the waiting.
    }

    /** The next step's images are there. */
    default void hasBatch() {
        // Nobody measures the waiting.
    }

    /** A step is done; the answer is obeyed before the next one starts. */
    Directive afterStep(StepReport report);

    /**
     * Asked between the batches of a validation pass. If the answer is true, the pass is given up, a snapshot from before
     * it is handed out and the loop returns; a resumed run repeats the pass.
     */
    default boolean wantsStop() {
        return false;
    }

    /** A snapshot that was asked for. It is on the heap and immutable, so it may be written by another thread. */
    void onSnapshot(Snapshot snapshot);
}
