package io.dartboard.pipeline.artifact;

import java.time.Instant;

/**
 * An object as a list of a store tells of it.
 *
 * @param etag what the store tells its contents apart by; empty where it does not
 * @param written when it was written last
 */
public record StoredObject(String key, long bytes, String etag, Instant written) {}
