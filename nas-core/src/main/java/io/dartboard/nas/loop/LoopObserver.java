package io.dartboard.nas.loop;

/**
 * Who watches and steers a loop. Called in the loop's own thread, so it must return quickly.
 *
 * @param <R> what it wants to know of an epoch
 */
public interface LoopObserver<R> {
    /** The next step's data is asked for; it may have to be waited for. */
    default void awaitsBatch() {
        // Nobody measures the waiting.
    }

    /** The next step's data is there. */
    default void hasBatch() {
        // Nobody measures the waiting.
    }

    /** A step is done; the answer is obeyed before the next one starts. */
    Directive afterStep(StepReport report);

    /**
     * Asked between the batches of a judgement. If the answer is true, the judgement is given up, a snapshot from before
     * it is handed out and the loop returns; a resumed run repeats the judgement.
     */
    default boolean wantsStop() {
        return false;
    }

    /** An epoch is done and judged by what is held out; the answer is obeyed before the next one starts. */
    Directive onEpoch(R report);

    /**
     * A loss was not finite, and the loop goes on from an earlier state.
     *
     * @param epoch where that happened
     * @param to the epoch that comes next now
     */
    default void onRollback(int epoch, int to) {
        // The curve shows it.
    }

    /** A snapshot that was asked for. It is on the heap and immutable, so it may be written by another thread. */
    void onSnapshot(Snapshot snapshot);

    /** Says nothing and lets it run. */
    static <R> LoopObserver<R> silent() {
        return new LoopObserver<>() {
            @Override
            public Directive afterStep(StepReport report) {
                return Directive.CONTINUE;
            }

            @Override
            public Directive onEpoch(R report) {
                return Directive.CONTINUE;
            }

            @Override
            public void onSnapshot(Snapshot snapshot) {
                // None is asked for.
            }
        };
    }
}
