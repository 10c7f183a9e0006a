package io.dartboard.nas.bilevel;

import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.loop.EpochEngine;
import io.dartboard.nas.loop.LoopObserver;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.tensor.Autograd;
import java.util.Optional;

/**
 * A search of any kind from its first step, or from a snapshot, to its last. For each training batch: one alpha step on a
 * validation batch, then one weight step. What it does is a pure function of its setup; on a CPU a resumed search is bit by
 * bit the one that was never stopped. Used by one thread.
 *
 * <p>Source: DARTS (arXiv 1806.09055), algorithm 1.
 */
public final class SearchLoop implements AutoCloseable {
    private final SearchWork work;
    private final EpochEngine<SearchReport> engine;

    private SearchLoop(SearchWork work, int epoch, int step) {
        this.work = work;
        this.engine = new EpochEngine<>(work, epoch, step);
    }

    /**
     * A search from the start; weights and alphas come from the seed.
     *
     * @throws IllegalArgumentException if there is too little data
     */
    public static SearchLoop start(SearchSetup setup) {
        return start(setup, SignSchedule.NONE);
    }

    private static SearchLoop start(SearchSetup setup, SignSchedule signs) {
        return new SearchLoop(SearchWork.fresh(setup, signs), 0, 0);
    }

    /**
     * A search from what an earlier attempt has kept; from the start where that is nothing, or nothing of this search.
     *
     * @param signs when it measures what signs of collapse cost passes; that changes nothing of the search
     * @param kept a snapshot's {@link Snapshot#bytes}
     * @throws IllegalArgumentException if there is too little data
     */
    public static SearchLoop from(SearchSetup setup, SignSchedule signs, Optional<byte[]> kept) {
        return setup.identity()
                .resumeOrStart(kept, snapshot -> restored(setup, signs, snapshot), () -> start(setup, signs));
    }

    /**
     * A search from a snapshot.
     *
     * @throws IllegalArgumentException if the snapshot belongs to another search or is damaged
     */
    public static SearchLoop resume(SearchSetup setup, Snapshot snapshot) {
        return setup.identity().resume(snapshot, own -> restored(setup, SignSchedule.NONE, own));
    }

    private static SearchLoop restored(SearchSetup setup, SignSchedule signs, Snapshot snapshot) {
        return new SearchLoop(SearchWork.restore(setup, signs, snapshot), snapshot.epoch(), snapshot.step());
    }

    /** All that the search has changed so far. */
    SearchState state() {
        return work.state();
    }

    /** Steps of an epoch. */
    public int steps(int epochOfSearch) {
        return work.steps(epochOfSearch);
    }

    /** The alphas as they stand; waits for the device. */
    public Alphas alphas() {
        return work.state().alphas();
    }

    /**
     * Runs until the last epoch is done or the observer says stop.
     *
     * @throws SearchDivergedException soon after a loss or an alpha gradient is no longer finite, and before a snapshot of it
     */
    public SearchOutcome run(LoopObserver<? super SearchReport> observer) {
        try (Autograd.Mode paused = Autograd.paused()) {
            Optional<Snapshot> stopped = engine.run(observer);
            return new SearchOutcome(stopped.isEmpty(), alphas());
        }
    }

    /**
     * Everything needed to continue from here.
     *
     * @throws SearchDivergedException if a loss or an alpha gradient is no longer finite
     */
    public Snapshot snapshot() {
        if (engine.step() > 0) {
            work.look(engine.epoch(), engine.step());
        }
        return engine.snapshot();
    }

    @Override
    public void close() {
        work.close();
    }
}
