package io.dartboard.search.event;

import io.dartboard.pipeline.view.RunBoard;
import io.dartboard.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;

/** The pipeline's events as the REST interface needs them: what is known, and a way to tell more. */
public interface EventLog {

    /**
     * All that has been told by now.
     *
     * @throws org.apache.kafka.common.KafkaException if the brokers do not answer in time
     */
    RunBoard now();

    /** What has been heard so far, without asking the brokers whether that is all. */
    RunBoard known();

    /**
     * Tells an event and returns when the brokers have it.
     *
     * @param run the run that it belongs to; empty for a dataset
     * @throws org.apache.kafka.common.KafkaException if they do not take it in time; telling it again is harmless
     */
    <V extends SpecificRecord> void tell(Topic<V> topic, String key, V event, String run);
}
