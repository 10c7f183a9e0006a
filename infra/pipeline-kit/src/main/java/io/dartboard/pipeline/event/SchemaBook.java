package io.dartboard.pipeline.event;

import io.dartboard.schemas.EventCodec;
import java.time.Duration;

/** What is known of the schemas that events are written with: for whoever meets one that is not known yet. */
@FunctionalInterface
public interface SchemaBook {
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
}
