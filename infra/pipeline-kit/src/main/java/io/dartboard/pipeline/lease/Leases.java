package io.dartboard.pipeline.lease;

import io.dartboard.pipeline.artifact.ArtifactCorrupt;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.artifact.Versioned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases of jobs: at most one worker at a time has one that counts. A lease lapses when it has not been written for as
 * long as it lasts, by the store's clock, so that no two workers' clocks need agree. Only one that has lapsed, or was let
 * go, is given to another, under the next token; what is written under an older token counts for nothing.
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

    /** How long a lease lasts without being renewed. */
    public Duration ttl() {
        return ttl;
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
        var nonce = UUID.randomUUID().toString();
        while (true) {
            var found = store.find(key(job));
            var seen = found.flatMap(object -> read(job, object));
            if (seen.isPresent()) {
                var state = seen.get();
                if (isLive(state, found.get().age())) {
                    return new Claim.Taken(state);
                }
                if (state.standing() == LeaseState.Standing.GIVEN_UP && !asked.isAfter(state.since())) {
                    return new Claim.GivenUp(state);
                }
                if (isSpent(state)) {
                    var end = state.givenUp(lastCause(state), clock.instant(), state.lastWords());
                    if (store.replace(key(job), end.toJson(), found.get().version()).isPresent()) {
                        return new Claim.GivenUp(end);
                    }
                    continue;
                }
            }
            var mine = seen.map(state -> state.next(holder, nonce, ttl, clock.instant()))
                    .orElseGet(() -> LeaseState.first(
                            job, found.isEmpty() ? 1 : beyondAll(), holder, nonce, ttl, clock.instant()));
            var version = found.isEmpty()
                    ? store.create(key(job), mine.toJson())
                    : store.replace(key(job), mine.toJson(), found.get().version());
            var held = version.or(() -> versionOf(job, nonce));
            if (held.isPresent()) {
                return new Claim.Held(new Lease(store, key(job), mine, held.get(), clock));
            }
        }
    }

    /** How a job's lease stands, for people and reports. */
    public Optional<LeaseState> look(String job) {
        return store.find(key(job)).flatMap(found -> read(job, found));
    }

    /** Where a job's lease lies. */
    public static String key(String job) {
        return "jobs/" + job + "/lease.json";
    }

    /** Empty for one that cannot be read: its holder, if it lives, is fenced off by a token beyond all that were given. */
    private static Optional<LeaseState> read(String job, Versioned found) {
        try {
            return Optional.of(LeaseState.read(key(job), found.content()));
        } catch (ArtifactCorrupt e) {
            LOG.warn("{}; it is begun anew", e.getMessage());
            return Optional.empty();
        }
    }

    /** The mark of the version in our hand, where the answer to our write was lost on the way. */
    private Optional<String> versionOf(String job, String nonce) {
        return store.find(key(job))
                .filter(now -> read(job, now)
                        .filter(state -> state.nonce().equals(nonce))
                        .isPresent())
                .map(Versioned::version);
    }

    private static boolean isLive(LeaseState state, Duration age) {
        return state.standing() == LeaseState.Standing.HELD
                && age.compareTo(state.ttl().plus(COARSENESS)) < 0;
    }

    private boolean isSpent(LeaseState state) {
        return state.standing() != LeaseState.Standing.GIVEN_UP && state.withoutProgress() >= maxAttempts;
    }

    /** Minutes since 1970 grow faster than attempts are made. */
    private int beyondAll() {
        return Math.toIntExact(clock.instant().getEpochSecond() / 60);
    }

    private static String lastCause(LeaseState state) {
        return state.standing() == LeaseState.Standing.HELD
                ? "its worker %s died without a word (attempt %d, begun %s)"
                        .formatted(state.holder(), state.token(), state.since())
                : state.cause();
    }
}
