package io.dartboard.pipeline.lease;

import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.artifact.AttemptSuperseded;
import io.dartboard.pipeline.artifact.Fence;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lease in the hand of its holder. It is kept by being renewed well within its time; a holder that the store cannot hear
 * goes on, since nobody else can take what lies in a store that is away, and stops as soon as the store says that another
 * has it.
 *
 * <p>Any method throws {@link AttemptSuperseded} once another attempt has begun, and {@link
 * io.dartboard.pipeline.artifact.StoreUnavailable} while the store is away. Safe for use by several threads.
 */
public final class Lease implements Fence {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final ArtifactStore store;
    private final String key;
    private final Clock clock;
    private LeaseState state;
    private String version;

    Lease(ArtifactStore store, String key, LeaseState state, String version, Clock clock) {
        this.store = store;
        this.key = key;
        this.state = state;
        this.version = version;
        this.clock = clock;
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
    public synchronized void check() {
        if (store.find(key)
                .filter(found -> LeaseState.read(key, found.content()).nonce().equals(state.nonce()))
                .isEmpty()) {
            throw superseded();
        }
    }

    @Override
    public synchronized void progressed(long step) {
        var further = state.progressed(step);
        if (!further.equals(state)) {
            write(further);
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
        var written = store.replace(key, next.toJson(), version);
        if (written.isEmpty()) {
            // Either another has it, or this very write, or the one before, was done and its answer lost.
            var found = store.find(key).orElseThrow(this::superseded);
            var now = LeaseState.read(key, found.content());
            if (!now.nonce().equals(state.nonce())) {
                throw superseded();
            }
            LOG.debug("{} is ours at beat {}", key, now.beats());
            version = found.version();
            if (!now.equals(next)) {
                version = store.replace(key, next.toJson(), version).orElseThrow(this::superseded);
            }
        } else {
            version = written.get();
        }
        state = next;
    }

    private AttemptSuperseded superseded() {
        return new AttemptSuperseded(state.job(), state.token());
    }
}
