package io.dartboard.pipeline.planner;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Tells a planner at work from one that says so: records wait, and what is committed has not moved for too long.
 *
 * <p>For one thread.
 */
final class PlannerProgress {
    private final Duration patience;
    private @Nullable Position last;
    private Instant moved = Instant.MAX;
    private boolean moving;

    /** Calls a planner stuck that commits nothing for so long while records wait. */
    PlannerProgress(Duration patience) {
        this.patience = patience;
    }

    /**
     * Takes note of a position.
     *
     * @return why the planner is stuck; empty while it is not
     */
    Optional<String> see(Position now, Instant at) {
        var before = last;
        last = now;
        moving |= now.lag() == 0 || before != null && !before.committed().equals(now.committed());
        if (before == null
                || now.lag() == 0
                || before.lag() == 0
                || !before.committed().equals(now.committed())) {
            moved = at;
            return Optional.empty();
        }
        var still = Duration.between(moved, at);
        if (still.compareTo(patience) < 0) {
            return Optional.empty();
        }
        return Optional.of("the planner has committed nothing for %d s although records wait (%s)"
                .formatted(still.toSeconds(), now.waiting()));
    }

    /** True once it has been seen to commit, or to have nothing to do. */
    boolean isMoving() {
        return moving;
    }

    /**
     * Where a planner stands.
     *
     * @param committed offset of the next record of each topic that is not dealt with
     * @param ends offset behind the last committed record of each topic
     */
    record Position(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        Position {
            committed = Map.copyOf(committed);
            ends = Map.copyOf(ends);
        }

        /** Records that wait. */
        long lag() {
            return ends.keySet().stream().mapToLong(this::lag).sum();
        }

        private long lag(TopicPartition input) {
            return Math.max(0, ends.getOrDefault(input, 0L) - committed.getOrDefault(input, 0L));
        }

        private String waiting() {
            return ends.keySet().stream()
                    .filter(input -> lag(input) > 0)
                    .map(input -> "%d on %s".formatted(lag(input), input.topic()))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
    }
}
