package io.dartboard.pipeline.planner;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** Sees what becomes of each record that a planner reads; for meters. */
public interface PlannerWitness {
    /** Sees nothing. */
    PlannerWitness NONE = new PlannerWitness() {
        @Override
        public void taken(String topic, Instant told) {}

        @Override
        public void duplicate(String topic) {}

        @Override
        public void ignored(String topic) {}

        @Override
        public void passedOver(String topic) {}

        @Override
        public void told(String key, SpecificRecord value) {}

        @Override
        public void deadLettered(String topic) {}
    };

    /** The event was news: something was learnt or decided. */
    void taken(String topic, Instant told);

    /** The event has been read before, not long ago. */
    void duplicate(String topic);

    /** There was nothing to learn from the event: it is of no concern here. */
    void ignored(String topic);

    /** The event is of a kind that only a newer version has. */
    void passedOver(String topic);

    /** The planner has decided this. */
    void told(String key, SpecificRecord value);

    /** The record was refused. */
    void deadLettered(String topic);
}
