package io.dartboard.pipeline.lease;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.pipeline.artifact.ArtifactCorrupt;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a lease says. Immutable.
 *
 * @param job the job
 * @param token number of the attempt that has it, or had it last; from 1, never given twice
 * @param standing whether somebody has it
 * @param holder who has it or had it last: service and host, for people
 * @param nonce drawn by the holder, so that a writer whose answer was lost knows its own hand
 * @param ttl the lease lapses this long after it was last written
 * @param beats how often its holder has written it
 * @param furthestStep steps that the job's furthest stored checkpoint holds
 * @param withoutProgress attempts that have begun since a checkpoint last went further, this one included
 * @param since when the standing began, by the writer's clock; for people, and to tell an old request from a new one
 * @param ending how its holder let go; {@link Ending#HANDOVER} where an earlier release wrote it, which did not say
 * @param cause one line: why it was given up, or what the last attempt failed of; empty otherwise
 * @param lastWords what the holder wrote last into its log, oldest first
 */
public record LeaseState(
        String job,
        int token,
        Standing standing,
        String holder,
        String nonce,
        Duration ttl,
        long beats,
        long furthestStep,
        int withoutProgress,
        Instant since,
        Ending ending,
        String cause,
        List<String> lastWords) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORMAT = 1;

    public LeaseState {
        lastWords = List.copyOf(lastWords);
    }

    /** Whether somebody has the job. */
    public enum Standing {
        /** The holder is at it, unless the lease has lapsed. */
        HELD,
        /** Nobody is; whoever wants may begin. */
        FREE,
        /** No further attempt is made until it is asked for anew. */
        GIVEN_UP
    }

    /** How an attempt came to its end. */
    public enum Ending {
        /** Its process died, or hung until the lease had lapsed. */
        CRASH,
        /** It failed, and could say so. */
        FAILURE,
        /** It put the job down in good order, done or for another to go on. */
        HANDOVER
    }

    /** How the attempt ended: one that holds a lease which somebody else may take over has died, or as good as. */
    Ending ended() {
        return standing == Standing.HELD ? Ending.CRASH : ending;
    }

    /** The first attempt at a job, or one after a lease that cannot be read. */
    static LeaseState first(String job, int token, String holder, String nonce, Duration ttl, Instant now) {
        return new LeaseState(job, token, Standing.HELD, holder, nonce, ttl, 0, 0, 1, now, Ending.CRASH, "", List.of());
    }

    /** The next attempt; after an end, whoever asks anew gets as many attempts as the first. */
    LeaseState next(int number, String by, String turn, Duration lasting, Instant now) {
        return new LeaseState(
                job,
                number,
                Standing.HELD,
                by,
                turn,
                lasting,
                0,
                furthestStep,
                standing == Standing.GIVEN_UP ? 1 : withoutProgress + 1,
                now,
                Ending.CRASH,
                "",
                List.of());
    }

    LeaseState renewed(List<String> words) {
        return with(Standing.HELD, withoutProgress, since, ending, cause, words);
    }

    /** A checkpoint is stored; one that goes further forgives the attempts before it, and this one. */
    LeaseState progressed(long step) {
        return new LeaseState(
                job, token, standing, holder, nonce, ttl, beats + 1, step, 0, since, ending, cause, lastWords);
    }

    /** Let go in good order: the attempt does not count. */
    LeaseState released(String why, Instant now) {
        return with(Standing.FREE, Math.max(0, withoutProgress - 1), now, Ending.HANDOVER, why, lastWords);
    }

    /** The attempt has failed, and counts. */
    LeaseState failed(String why, Instant now, List<String> words) {
        return with(Standing.FREE, withoutProgress, now, Ending.FAILURE, why, words);
    }

    /** Its holder is known to have died; that counts. */
    LeaseState buried(String why, Instant now, List<String> words) {
        return with(Standing.FREE, withoutProgress, now, Ending.CRASH, why, words);
    }

    LeaseState givenUp(String why, Instant now, List<String> words) {
        return with(Standing.GIVEN_UP, withoutProgress, now, Ending.FAILURE, why, words);
    }

    private LeaseState with(Standing now, int without, Instant from, Ending how, String why, List<String> words) {
        return new LeaseState(
                job, token, now, holder, nonce, ttl, beats + 1, furthestStep, without, from, how, why, words);
    }

    byte[] toJson() {
        var root = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("job", job)
                .put("token", token)
                .put("standing", standing.name().toLowerCase(Locale.ROOT))
                .put("holder", holder)
                .put("nonce", nonce)
                .put("ttlMillis", ttl.toMillis())
                .put("beats", beats)
                .put("furthestStep", furthestStep)
                .put("withoutProgress", withoutProgress)
                .put("since", since.toString())
                .put("ending", ending.name().toLowerCase(Locale.ROOT))
                .put("cause", cause);
        var words = root.putArray("lastWords");
        lastWords.forEach(words::add);
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings and numbers can be written", e);
        }
    }

    /**
     * Reads a lease.
     *
     * @throws ArtifactCorrupt if it is none
     */
    static LeaseState read(String key, byte[] content) {
        try {
            var root = JSON.readTree(content);
            for (var field : List.of("job", "token", "standing", "nonce", "ttlMillis")) {
                if (!root.hasNonNull(field)) {
                    throw new ArtifactCorrupt("%s is no lease: it has no field %s".formatted(key, field));
                }
            }
            var words = new ArrayList<String>();
            root.path("lastWords").forEach(word -> words.add(word.asText()));
            return new LeaseState(
                    root.path("job").asText(),
                    root.path("token").asInt(),
                    Standing.valueOf(root.path("standing").asText().toUpperCase(Locale.ROOT)),
                    root.path("holder").asText(),
                    root.path("nonce").asText(),
                    Duration.ofMillis(root.path("ttlMillis").asLong()),
                    root.path("beats").asLong(),
                    root.path("furthestStep").asLong(),
                    root.path("withoutProgress").asInt(),
                    Instant.parse(root.path("since").asText()),
                    Ending.valueOf(root.path("ending").asText("handover").toUpperCase(Locale.ROOT)),
                    root.path("cause").asText(),
                    words);
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new ArtifactCorrupt("%s is no lease: %s".formatted(key, e.getMessage()), e);
        }
    }
}
