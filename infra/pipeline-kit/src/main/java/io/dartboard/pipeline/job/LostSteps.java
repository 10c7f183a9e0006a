package io.dartboard.pipeline.job;

import io.dartboard.events.JobProgressed;
import io.dartboard.pipeline.event.Event;
import io.dartboard.pipeline.event.EventReader;
import io.dartboard.pipeline.lease.LeaseState.Ending;
import io.dartboard.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the steps that are done again because the attempt before had got further than its last checkpoint. A killed attempt
 * cannot say how far it got, but its progress does: told about every second, it misses at most the steps since.
 */
final class LostSteps {
    private static final Logger LOG = LoggerFactory.getLogger(LostSteps.class);
    private static final Set<String> PREPARING = Set.of("prepare", "wait");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private LostSteps() {}

    /**
     * What the attempts before have told of a job's progress; nothing where it cannot be read. Read on a thread of its own:
     * no training waits for it.
     */
    static CompletableFuture<List<JobProgressed>> told(JobTools tools, JobIdentity identity) {
        var told = new CompletableFuture<List<JobProgressed>>();
        var thread = new Thread(
                () -> {
                    try {
                        told.complete(
                                EventReader.readAll(tools.kafka(), Topics.PROGRESS, tools.schemas(), PATIENCE).stream()
                                        .map(Event::value)
                                        .filter(progressed ->
                                                progressed.getJob().equals(identity.job()))
                                        .toList());
                    } catch (KafkaException e) {
                        LOG.warn(
                                "how far {} has been is not known, and its lost steps are not counted: {}",
                                identity.job(),
                                e.getMessage());
                    } finally {
                        told.complete(List.of());
                    }
                },
                "told-of-" + identity.job());
        thread.setDaemon(true);
        thread.start();
        return told;
    }

    /**
     * Counts them.
     *
     * @param before how the attempt before came to its end
     */
    static void count(
            JobTools tools,
            JobIdentity identity,
            int attempt,
            Ending before,
            long resumedAt,
            List<JobProgressed> told) {
        tools.meters().lostSteps(identity.stage(), before, of(identity.job(), attempt, resumedAt, told));
    }

    /**
     * Steps that the attempt before this one had told beyond the state that this one goes on from. What earlier ones lost has
     * been counted at their successors' start.
     */
    static long of(String job, int attempt, long resumedAt, List<JobProgressed> told) {
        var before = told.stream()
                .filter(progressed -> progressed.getJob().equals(job) && progressed.getAttempt() == attempt - 1)
                .toList();
        // While it prepares, an attempt tells the step of the one before: its own only if it came no further.
        var trained = before.stream()
                .filter(progressed -> !PREPARING.contains(progressed.getPhase()))
                .toList();
        var reached = (trained.isEmpty() ? before : trained)
                .stream().mapToLong(JobProgressed::getStep).max().orElse(resumedAt);
        return Math.max(0, reached - resumedAt);
    }
}
