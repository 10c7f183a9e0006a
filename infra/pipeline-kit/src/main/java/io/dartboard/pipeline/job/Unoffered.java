package io.dartboard.pipeline.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * The jobs that stand on their topic and that the share group does not offer, though workers are idle. There are two causes:
 *
 * <ul>
 *   <li>The group is broken, perhaps for long: a broker that was killed while it was overwhelmed has been seen to lose the
 *       group, keep its place on the topic, and refuse to begin it anew before it is as old as it was, by the number of members
 *       that have come and gone.
 *   <li>A worker that has a job holds another's record, for as long as the group locks one: where a poll begins while the
 *       answer to the fetch of the poll before arrives, the client (4.2.1) fetches once more than it is polled.
 * </ul>
 *
 * <p>A record of a job is a hint that there is work, and whether there is, is known without the group; so an idle worker looks
 * itself at what was asked for a while ago. Where the group works that costs a look at the store for each job.
 */
final class Unoffered<J extends SpecificRecord> {
    /** A member of a group has to wait for two heartbeats, of five seconds each by default, before it is offered anything. */
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(15);

    private final JobTools tools;
    private final JobKind<J> kind;
    private final AskedJobs<J> asked;

    Unoffered(JobTools tools, JobKind<J> kind, AskedJobs<J> asked) {
        this.tools = tools;
        this.kind = kind;
        this.asked = asked;
    }

    /**
     * The record of a job that live runs want and that has no result: of those that have stood for long enough the one that
     * was told first. None is given twice. Waits for Kafka and the store.
     *
     * @param quietSince since when the group has offered nothing to a worker that asks
     */
    Optional<JobRecord<J>> next(Instant quietSince) throws InterruptedException {
        var before = tools.clock().instant().minus(patience());
        if (quietSince.isAfter(before)) {
            return Optional.empty();
        }
        return asked.first(tools.control().wanted(kind.topic().name(), before));
    }

    /** How long a record may stand before an idle worker looks into it itself. */
    Duration patience() {
        var lease = tools.settings().lease();
        return lease.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : lease;
    }
}
