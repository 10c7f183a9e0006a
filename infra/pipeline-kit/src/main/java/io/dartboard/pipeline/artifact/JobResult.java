package io.dartboard.pipeline.artifact;

import io.dartboard.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a job has come to: the fact that it tells.
 *
 * @param topic where the fact is told
 * @param key its record key
 * @param fact the fact
 * @param attempt who found it
 * @param <V> record type of the topic
 */
public record JobResult<V extends SpecificRecord>(Topic<V> topic, String key, V fact, int attempt) {}
