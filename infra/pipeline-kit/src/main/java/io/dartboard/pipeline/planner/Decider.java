package io.dartboard.pipeline.planner;

import io.dartboard.schemas.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a service decides, free of Kafka, clock and chance: the same facts in the same order give the same decisions.
 *
 * <p>A decider is declarative. It stores each fact in the {@link Ledger}, works out which records ought to exist by now
 * for the runs that the fact touches, and sends those that it has not marked as sent. So a fact that comes twice, or
 * late, or after a restart, changes nothing.
 */
public interface Decider {

    /** Topics it listens to. */
    Set<Topic<?>> inputs();

    /** Topics it tells something on. */
    Set<Topic<?>> outputs();

    /**
     * Takes one fact.
     *
     * @param fact what has happened
     * @param ledger what is known; changes are kept if the decision is
     * @param outbox what shall be told; sent in the same transaction that takes the fact
     * @throws IllegalArgumentException if the fact makes no sense; it is dead-lettered with the message as the reason
     */
    void decide(Fact fact, Ledger ledger, Outbox outbox);

    /**
     * Looks at what is due by the time alone; called every few seconds. What it does must be harmless to do twice, early or
     * late, for nothing else depends on a clock.
     *
     * @param now the time
     * @param ledger what is known
     * @param outbox what shall be told
     */
    default void tick(Instant now, Ledger ledger, Outbox outbox) {}

    /** The jobs that it has asked for, as it saw them at its last look at the clock; one for each of their topics. */
    default List<JobQueue> queues() {
        return List.of();
    }
}
