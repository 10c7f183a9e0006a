package io.dartboard.pipeline.lease;

import io.dartboard.pipeline.artifact.ArtifactCorrupt;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.artifact.ConditionalWrites;
import io.dartboard.pipeline.lease.LeaseState.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases of jobs: at most one worker at a time has one that counts.
 *
 * <p>The lease of attempt <i>n</i> is the object {@code jobs/<job>/leases/<n>.json}. It is created only where there is none,
 * and written after that by its holder alone; that is all that is asked of the store. A lease lapses when it has not been
 * written for as long as it lasts, by the store's clock, so that no two workers' clocks need agree. Only when the newest
 * has lapsed, or was let go, is the next one created; the holder of an older one learns it at its next renewal, and what it
 * writes counts for nothing.
 *
 * <p>Every call throws {@link io.dartboard.pipeline.artifact.StoreUnavailable} while the store is away.
 */
public final class Leases {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
    /** The store tells times to a second, cut off. */
    private static final Duration COARSENESS = Duration.ofSeconds(1);

    private final ArtifactStore store;
    private final Duration ttl;
    private final int maxAttempts;
    private final Clock clock;
    private volatile boolean probed;

    /**
     * Keeps leases.
     *
     * @param ttl how long a lease lasts without being renewed
     * @param maxAttempts attempts in a row that may begin and get nowhere before a job is given up
     */
    public Leases(ArtifactStore store, Duration ttl, int maxAttempts, Clock clock) {
        this.store = store;
        this.ttl = ttl;
        this.maxAttempts = maxAttempts;
        this.clock = clock;
    }

    /** Attempts in a row that may begin and get nowhere before a job is given up. */
    public int maxAttempts() {
        return maxAttempts;
    }

    /**
     * Asks for a job.
     *
     * @param job its id
     * @param holder who asks, for people
     * @param asked when the job was asked for: one that was given up before that is tried again
     */
    public Claim claim(String job, String holder, Instant asked) {
        probe();
        var nonce = UUID.randomUUID().toString();
        while (true) {
            var newest = newest(job);
            var before = newest == 0 ? Optional.<Known>empty() : read(job, newest);
            if (before.isPresent()) {
                var state = before.get().state();
                if (before.get().isLive()) {
                    return new Claim.Taken(state);
                }
                if (state.standing() == Standing.GIVEN_UP && !asked.isAfter(state.since())) {
                    return new Claim.GivenUp(state);
                }
                if (state.standing() != Standing.GIVEN_UP && state.withoutProgress() >= maxAttempts) {
                    var end = state.next(newest + 1, holder, nonce, ttl, clock.instant())
                            .givenUp(lastCause(state), clock.instant(), state.lastWords());
                    if (create(end)) {
                        return new Claim.GivenUp(end);
                    }
                    continue;
                }
            }
            var mine = before.map(known -> known.state().next(newest + 1, holder, nonce, ttl, clock.instant()))
                    .orElseGet(() -> LeaseState.first(job, newest + 1, holder, nonce, ttl, clock.instant()));
            if (create(mine)) {
                var ended = before.map(known -> known.state().ended()).orElse(LeaseState.Ending.CRASH);
                return new Claim.Held(new Lease(store, mine, ended, clock));
            }
        }
    }

    /**
     * Ends the lease of a holder that is known to live no more, so that nobody waits until it lapses. The attempt counts.
     *
     * @param token the attempt
     * @param nonce of its lease
     * @param cause one line: what became of the holder
     * @param obituary what it left, oldest first; where that is nothing, what it wrote last into its log stays
     */
    public void bury(String job, int token, String nonce, String cause, List<String> obituary) {
        if (newest(job) != token) {
            return;
        }
        read(job, token)
                .map(Known::state)
                .filter(state ->
                        state.standing() == Standing.HELD && state.nonce().equals(nonce))
                .ifPresent(state -> store.put(
                        key(job, token),
                        state.buried(cause, clock.instant(), obituary.isEmpty() ? state.lastWords() : obituary)
                                .toJson()));
    }

    /**
     * Returns if the store answers and leases can be kept in it.
     *
     * @throws io.dartboard.pipeline.artifact.StoreUnavailable if it is away, or ignores conditional writes
     */
    public void requireStore() {
        if (!probe()) {
            store.list(ConditionalWrites.PLACE);
        }
    }

    /** How a job's newest lease stands, for people and reports. */
    public Optional<LeaseState> look(String job) {
        var newest = newest(job);
        return newest == 0 ? Optional.empty() : read(job, newest).map(Known::state);
    }

    /** Where the lease of an attempt lies. */
    public static String key(String job, int token) {
        return String.format(Locale.ROOT, "%s%06d.json", folder(job), token);
    }

    private static String folder(String job) {
        return "jobs/" + job + "/leases/";
    }

    /** Finds out, once, whether the store honours conditional writes; true if it has been asked just now. */
    private boolean probe() {
        if (probed) {
            return false;
        }
        ConditionalWrites.require(store);
        probed = true;
        return true;
    }

    /** Number of the newest lease; 0 for none. A list may lag behind in some stores, a look-up does not. */
    private int newest(String job) {
        var folder = folder(job);
        var newest = store.list(folder).stream()
                .map(key -> key.substring(folder.length()))
                .filter(name -> name.matches("\\d{6,9}\\.json"))
                .mapToInt(name -> Integer.parseInt(name.substring(0, name.indexOf('.'))))
                .max()
                .orElse(0);
        while (store.exists(key(job, newest + 1))) {
            newest++;
        }
        return newest;
    }

    /** Empty for one that cannot be read: its holder, if it lives, is fenced off by the next one as any other is. */
    private Optional<Known> read(String job, int token) {
        var key = key(job, token);
        try {
            return store.find(key).map(found -> new Known(LeaseState.read(key, found.content()), found.age()));
        } catch (ArtifactCorrupt e) {
            LOG.warn("{}; the job is begun anew", e.getMessage());
            return Optional.empty();
        }
    }

    /** True if it is ours now: an answer may have been lost on the way, and our own hand have been there first. */
    private boolean create(LeaseState state) {
        return store.putIfAbsent(key(state.job(), state.token()), state.toJson())
                || read(state.job(), state.token())
                        .filter(known -> known.state().nonce().equals(state.nonce()))
                        .isPresent();
    }

    private static String lastCause(LeaseState state) {
        var last = state.standing() == Standing.HELD
                ? "its worker %s died without a word (attempt %d, begun %s)"
                        .formatted(state.holder(), state.token(), state.since())
                : state.cause();
        return "given up after %d attempts that made no progress; the last: %s"
                .formatted(state.withoutProgress(), last);
    }

    /** A lease and how long ago it was written. */
    private record Known(LeaseState state, Duration age) {
        boolean isLive() {
            return state.standing() == Standing.HELD
                    && age.compareTo(state.ttl().plus(COARSENESS)) < 0;
        }
    }
}
