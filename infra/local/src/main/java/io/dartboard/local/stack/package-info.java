/**
 * A real Kafka broker and a real S3 endpoint in one process, for a machine that has neither. It stands in for no part of
 * the services: they run unchanged on any Kafka and any S3-compatible store.
 */
@NullMarked
package io.dartboard.local.stack;

import org.jspecify.annotations.NullMarked;
