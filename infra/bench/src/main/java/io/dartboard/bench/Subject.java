package io.dartboard.bench;

/** Something whose steps are measured. Closing it frees its native memory. */
interface Subject extends AutoCloseable {
    /** Takes one step and waits until it is done. */
    void step();

    @Override
    void close();
}
