package io.dartboard.pipeline.planner;

import io.dartboard.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;

/** Where a decider puts what it tells. */
public interface Outbox {

    /**
     * Sends a record.
     *
     * @param topic one of the decider's outputs
     * @param key the record key, as {@link Topic#key()} says
     * @param value the record
     * @param runId the run it belongs to
     */
    <V extends SpecificRecord> void send(Topic<V> topic, String key, V value, String runId);
}
