package io.dartboard.pipeline.artifact;

import java.time.Duration;

/**
 * An object at one moment.
 *
 * @param content its bytes
 * @param age time since it was written, by the store's own clock where it tells it: the clocks of two workers need not agree
 */
public record Seen(byte[] content, Duration age) {}
