package io.dartboard.pipeline.job;

import io.dartboard.pipeline.artifact.ArtifactCorrupt;
import io.dartboard.pipeline.artifact.JobResult;
import io.dartboard.pipeline.event.Backoff;
import io.dartboard.pipeline.lease.Claim;
import io.dartboard.pipeline.lease.Lease;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whether there is anything to do for a job, and gets its lease if there is. Used by the poll thread. */
final class JobIntake<J extends SpecificRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(JobIntake.class);
    private static final Duration CONTROL_WITHIN = Duration.ofSeconds(10);
    private static final int READS = 3;

    private final JobTools tools;
    private final JobWords words;
    private final String device;
    private final BooleanSupplier closing;

    JobIntake(JobTools tools, JobWords words, String device, BooleanSupplier closing) {
        this.tools = tools;
        this.words = words;
        this.device = device;
        this.closing = closing;
    }

    /**
     * Takes a job in; waits for the store and for Kafka.
     *
     * @return the lease of the attempt that shall begin; empty where the job has its result, its worker, or its end, or
     *     where nobody wants it now: what is to be told of it is told then
     */
    Optional<Lease> begin(JobRecord<J> record) throws InterruptedException {
        var identity = record.identity();
        var result = result(identity.prefix());
        var early = finishes(identity) ? Optional.of(result(identity.early())) : Optional.<Found>empty();
        var known = result.known().or(() -> early.flatMap(Found::known));
        if (known.isPresent()) {
            words.result(record, known.get());
            tools.meters().finished(identity.stage(), "repeated", "none", Duration.ZERO, device);
            return Optional.empty();
        }
        if (isUnwanted(identity)) {
            JobWords.log(identity, 0, "not started: " + tools.control().cause(identity));
            return Optional.empty();
        }
        var claim = tools.leases().claim(identity.job(), tools.host(), record.asked());
        if (claim instanceof Claim.Taken taken) {
            JobWords.log(
                    identity,
                    taken.by().token(),
                    "joined: %s is at it".formatted(taken.by().holder()));
            return Optional.empty();
        }
        if (claim instanceof Claim.GivenUp end) {
            words.givenUp(record, end.state());
            return Optional.empty();
        }
        var lease = ((Claim.Held) claim).lease();
        if (result.damaged()) {
            tools.results().discard(identity.prefix());
        }
        if (early.isEmpty() || early.get().damaged()) {
            // Where it goes on, who finishes it later shall have what it has come to by then.
            tools.results().discard(identity.early());
        }
        if (lease.token() == 1) {
            var waited = Duration.between(record.asked(), tools.clock().instant());
            tools.meters().waited(identity.stage(), waited.isNegative() ? Duration.ZERO : waited);
        }
        return Optional.of(lease);
    }

    private boolean finishes(JobIdentity identity) {
        return tools.control().signal(identity) == Signal.FINISH;
    }

    /** Whether a job has a result that can be read; waits for the store. */
    boolean hasResult(JobIdentity identity) throws InterruptedException {
        return result(identity.prefix()).known().isPresent();
    }

    /** One that cannot be read counts as none: what led to it is in the checkpoints, and it is written anew. */
    private Found result(String prefix) throws InterruptedException {
        var pauses = Backoff.forOutages();
        for (var read = 1; ; read++) {
            try {
                return new Found(tools.results().read(prefix), false);
            } catch (ArtifactCorrupt e) {
                if (read == READS) {
                    LOG.warn("{}; the job goes on from its furthest checkpoint and writes it anew", e.getMessage());
                    return new Found(Optional.empty(), true);
                }
            }
            pauses.pause();
        }
    }

    /** A run may have been resumed or asked for again after the last we heard, and its job sent because of it: ask. */
    private boolean isUnwanted(JobIdentity identity) throws InterruptedException {
        if (!tools.control().signal(identity).stops()) {
            return false;
        }
        while (!tools.control().sync(CONTROL_WITHIN)) {
            if (closing.getAsBoolean()) {
                throw new InterruptedException("the service goes down before Kafka has said whether the job is wanted");
            }
        }
        return tools.control().signal(identity).stops();
    }

    /**
     * What stands where a result should.
     *
     * @param known the result
     * @param damaged true if what stands there cannot be read
     */
    private record Found(Optional<JobResult<?>> known, boolean damaged) {}
}
