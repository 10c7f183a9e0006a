package io.dartboard.pipeline.job;

/** What the worker has told its job; read by the training thread at every step. */
final class StopOrder {
    private static final Word GO = new Word(Signal.NONE, "");

    private volatile Word word = GO;

    /** Tells it, with the reason in one line. A lost job stays lost. */
    synchronized void give(Signal signal, String cause) {
        if (word.signal() != Signal.LOST) {
            word = new Word(signal, cause);
        }
    }

    /** The word that stands. */
    Word word() {
        return word;
    }

    /**
     * A signal and its reason.
     *
     * @param signal the signal
     * @param cause why, one line; empty for {@link Signal#NONE}
     */
    record Word(Signal signal, String cause) {}
}
