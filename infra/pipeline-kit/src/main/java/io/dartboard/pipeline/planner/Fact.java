package io.dartboard.pipeline.planner;

import io.dartboard.schemas.Topic;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * An event as a planner sees it.
 *
 * @param topic where it stood
 * @param key its record key
 * @param value the record
 * @param id the event's id; what is decided upon it names this as its cause
 * @param told when it was told, by its envelope or the broker
 */
public record Fact(Topic<?> topic, String key, SpecificRecord value, String id, Instant told) {}
