package io.dartboard.pipeline.event;

import io.dartboard.schemas.Envelope;
import io.dartboard.schemas.Topic;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * An event as a follower sees it.
 *
 * @param topic where it stood
 * @param key its record key
 * @param value the record
 * @param offset its place on the topic's one partition
 * @param time when the broker or producer stamped it
 * @param envelope what it says of itself; empty where it was sent by hand
 * @param <V> record type
 */
public record Event<V extends SpecificRecord>(
        Topic<V> topic, String key, V value, long offset, Instant time, Optional<Envelope> envelope) {}
