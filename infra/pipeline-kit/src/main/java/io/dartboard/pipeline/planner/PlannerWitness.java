package io.dartboard.pipeline.planner;

import java.time.Instant;

/** Sees what becomes of each record that a planner reads; for meters. */
public interface PlannerWitness {
    /** Sees nothing. */
    PlannerWitness NONE = new PlannerWitness() {
        @Override
        public void taken(String topic, Instant told) {}

        @Override
        public void duplicate(String topic) {}

        @Override
        public void passedOver(String topic) {}

        @Override
        public void deadLettered(String topic) {}
    };

    /** The event was news: something was learnt or decided. */
    void taken(String topic, Instant told);

    /** The event said what was known. */
    void duplicate(String topic);

    /** The event is of a kind that only a newer version has. */
    void passedOver(String topic);

    /** The record was refused. */
    void deadLettered(String topic);
}
