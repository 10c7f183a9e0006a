package io.dartboard.pipeline.event;

import io.dartboard.schemas.EventCodec;
import java.time.Duration;
import java.time.Instant;

/** What is known of the schemas that events are written with: for whoever meets one that is not known yet. */
@FunctionalInterface
public interface SchemaBook {
    /** How long the schema of a new record is waited for. */
    Duration WITHIN = Duration.ofSeconds(5);

    /** Knows what the program knows, and waits for nothing more. */
    SchemaBook AS_IT_IS = (record, atMost) -> EventCodec.knows(record);

    /**
     * Waits until the schema of a record is known, if it may still be told: first until what stands on the topic of schemas
     * has been read, boundedly, and then for as long as is said.
     *
     * @param record as it stands on a topic
     * @param atMost how long to wait for a schema that nobody has told; zero for a record that is not new, whose writer
     *     told its schema before. A storm of garbage is not waited for
     * @return false if the record will be refused as one of an unknown schema
     */
    boolean awaitKnown(byte[] record, Duration atMost) throws InterruptedException;

    /**
     * As {@link #awaitKnown(byte[], Duration)}, by the age of the record: the schema of one that is new may still be on its
     * way; that of an older one was told before it.
     *
     * @param written when the record was put on its topic
     */
    default boolean awaitKnown(byte[] record, Instant written, Instant now) throws InterruptedException {
        return awaitKnown(record, written.isAfter(now.minus(WITHIN)) ? WITHIN : Duration.ZERO);
    }
}
