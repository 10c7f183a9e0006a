package io.dartboard.pipeline.artifact;

/** Stands between an attempt and the store: what an attempt writes counts only while no newer one has begun. */
public interface Fence {
    /** Of an attempt that nobody contests. */
    Fence NONE = new Fence() {
        @Override
        public void check() {}

        @Override
        public void progressed(long step) {}
    };

    /**
     * Makes sure that no newer attempt has begun.
     *
     * @throws AttemptSuperseded if one has
     */
    void check();

    /**
     * A checkpoint is stored.
     *
     * @param step steps that it holds
     * @throws AttemptSuperseded if a newer attempt has begun
     */
    void progressed(long step);
}
