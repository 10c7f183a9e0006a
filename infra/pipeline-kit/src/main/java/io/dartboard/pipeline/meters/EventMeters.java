package io.dartboard.pipeline.meters;

import io.dartboard.pipeline.planner.PlannerWitness;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Events read, by what became of them. */
public final class EventMeters implements PlannerWitness {
    private final MeterRegistry registry;
    private final Clock clock;

    public EventMeters(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public void taken(String topic, Instant told) {
        consumed(topic, "taken");
        var age = Duration.between(told, clock.instant());
        Timer.builder(NasMeters.EVENT_AGE.id())
                .description(NasMeters.EVENT_AGE.description())
                .tag("topic", topic)
                .register(registry)
                .record(age.isNegative() ? Duration.ZERO : age);
    }

    @Override
    public void duplicate(String topic) {
        consumed(topic, "duplicate");
    }

    @Override
    public void passedOver(String topic) {
        consumed(topic, "passed-over");
    }

    @Override
    public void deadLettered(String topic) {
        consumed(topic, "dead-lettered");
        Counter.builder(NasMeters.DEAD_LETTERS.id())
                .description(NasMeters.DEAD_LETTERS.description())
                .tag("topic", topic)
                .register(registry)
                .increment();
    }

    private void consumed(String topic, String outcome) {
        Counter.builder(NasMeters.EVENTS_CONSUMED.id())
                .description(NasMeters.EVENTS_CONSUMED.description())
                .tag("topic", topic)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }
}
