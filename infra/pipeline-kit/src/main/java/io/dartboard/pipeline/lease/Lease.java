package io.dartboard.pipeline.lease;

import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.artifact.AttemptSuperseded;
import io.dartboard.pipeline.artifact.Fence;
import java.time.Clock;
import java.util.List;

/**
 * A lease in the hand of its holder. It is kept by being renewed well within its time; a holder that the store cannot hear
 * goes on, since nobody else can take what lies in a store that is away, and stops as soon as it finds that another attempt
 * has begun.
 *
 * <p>Any method throws {@link AttemptSuperseded} once that is so, and {@link
 * io.dartboard.pipeline.artifact.StoreUnavailable} while the store is away. Safe for use by several threads.
 */
public final class Lease implements Fence {
    private final ArtifactStore store;
    private final Clock clock;
    private final LeaseState.Ending before;
    private LeaseState state;

    Lease(ArtifactStore store, LeaseState state, LeaseState.Ending before, Clock clock) {
        this.store = store;
        this.state = state;
        this.before = before;
        this.clock = clock;
    }

    /** How the attempt before this one ended; a crash where there was none, or none whose lease can be read. */
    public LeaseState.Ending before() {
        return before;
    }

    /** Number of the attempt that holds it. */
    public int token() {
        return state().token();
    }

    /** As it was last written. */
    public synchronized LeaseState state() {
        return state;
    }

    /**
     * Shows life.
     *
     * @param lastWords what the process wrote last into its log
     */
    public synchronized void renew(List<String> lastWords) {
        write(state.renewed(lastWords));
    }

    @Override
    public void check() {
        var now = state();
        if (store.exists(Leases.key(now.job(), now.token() + 1))) {
            throw new AttemptSuperseded(now.job(), now.token());
        }
    }

    @Override
    public synchronized void progressed(long step) {
        if (step > state.furthestStep()) {
            write(state.progressed(step));
        }
    }

    /** Lets go in good order, so that another may begin at once; the attempt does not count against the job. */
    public synchronized void release(String why) {
        write(state.released(why, clock.instant()));
    }

    /**
     * Lets go after a failure, which counts against the job.
     *
     * @param cause one line
     */
    public synchronized void fail(String cause, List<String> lastWords) {
        write(state.failed(cause, clock.instant(), lastWords));
    }

    /**
     * Lets go for good: no attempt is made until the job is asked for anew.
     *
     * @param cause one line
     */
    public synchronized void giveUp(String cause, List<String> lastWords) {
        write(state.givenUp(cause, clock.instant(), lastWords));
    }

    private void write(LeaseState next) {
        check();
        store.put(Leases.key(next.job(), next.token()), next.toJson());
        state = next;
        // Between the look and the write another may have begun.
        check();
    }
}
